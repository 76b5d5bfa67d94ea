import type { Action } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { say } from '#kit/say.ts';
import type { StackPlan } from '../plan/step.ts';

/** One sentence on what an operation that went well has done. */
export function summarise(action: Action, model: Model | undefined, plan: StackPlan): string {
  const changes = plan.steps.filter((step) => step.kind !== 'service.wait').length;
  switch (action.verb) {
    case 'up':
      if (changes === 0) return say`Nothing to do: everything runs as the files say.`;
      return action.wait === false ? say`Started.` : ready(model?.services.size ?? 0);
    case 'build':
      return changes === 1 ? say`1 image built.` : say`${changes} images built.`;
    case 'stop':
      return changes === 0
        ? say`Nothing was running.`
        : changes === 1
          ? say`1 container stopped.`
          : say`${changes} containers stopped.`;
    case 'start':
      return changes === 0
        ? say`Everything ran already.`
        : changes === 1
          ? say`1 container started.`
          : say`${changes} containers started.`;
    case 'restart':
      return changes === 1 ? say`1 container restarted.` : say`${changes} containers restarted.`;
    case 'down':
      return changes === 0
        ? say`There was nothing to remove.`
        : say`Removed. Data volumes that were not named are kept.`;
    case 'deploy':
    case 'rollback':
      return '';
    default:
      return assertNever(action.verb);
  }
}

function ready(services: number): string {
  return services === 1 ? say`1 service up and ready.` : say`${services} services up and ready.`;
}
