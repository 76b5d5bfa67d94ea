import type { Action } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { StackPlan } from '../plan/step.ts';

/** One sentence on what an operation that went well has done. */
export function summarise(action: Action, model: Model | undefined, plan: StackPlan): string {
  const changes = plan.steps.filter((step) => step.kind !== 'service.wait').length;
  switch (action.verb) {
    case 'up':
      if (changes === 0) return 'Nothing to do: everything runs as the files say.';
      return action.wait === false ? 'Started.' : `${counted(model?.services.size ?? 0, 'service')} up and ready.`;
    case 'build':
      return `${counted(changes, 'image')} built.`;
    case 'stop':
      return changes === 0 ? 'Nothing was running.' : `${counted(changes, 'container')} stopped.`;
    case 'start':
      return changes === 0 ? 'Everything ran already.' : `${counted(changes, 'container')} started.`;
    case 'restart':
      return `${counted(changes, 'container')} restarted.`;
    case 'down':
      return changes === 0 ? 'There was nothing to remove.' : 'Removed. Data volumes that were not named are kept.';
    case 'deploy':
    case 'rollback':
      return '';
    default:
      return assertNever(action.verb);
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
