import { type Action, QuaysideError } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { imageName } from '../naming.ts';
import { checkBuildKeys } from './build-keys.ts';
import type { StackPlan, Step } from './step.ts';

/** One build step per service that has a build section; independent, so that they run side by side. */
export function planBuild(model: Model, action: Action): StackPlan {
  for (const name of action.services) {
    if (model.services.get(name)?.build !== undefined) continue;
    throw new QuaysideError('SERVICE_NOT_FOUND', say`There is no service named ${name} that can be built.`, {
      remedy: say`Services with a build section: ${buildable(model).join(', ') || 'none'}.`,
    });
  }
  const steps = [...model.services.values()]
    .filter((service) => service.build !== undefined)
    .filter((service) => action.services.length === 0 || action.services.includes(service.name))
    .map((service): Step => {
      checkBuildKeys(service, false);
      return {
        id: `build:${service.name}`,
        kind: 'image.build',
        resource: imageName(model.name, service),
        service: service.name,
        cause: say`a build was asked for`,
        after: [],
        task: { do: 'build', onlyIfMissing: false, noCache: action.noCache === true },
      };
    });
  const warnings = steps.length === 0 ? [say`No service has a build section: there is nothing to build.`] : [];
  return { steps, slots: new Map(), warnings };
}

function buildable(model: Model): string[] {
  return [...model.services.values()].filter((service) => service.build !== undefined).map((service) => service.name);
}
