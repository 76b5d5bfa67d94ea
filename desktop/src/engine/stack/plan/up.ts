import type { Action } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import { isOneOff, serviceOf } from '../naming.ts';
import type { Observed } from '../observe.ts';
import type { StackPlan } from './step.ts';
import { planRemove } from './up-container.ts';
import { type UpContext, upContext } from './up-context.ts';
import { planImages } from './up-images.ts';
import { planNetworks } from './up-networks.ts';
import { planService } from './up-service.ts';
import { planVolumes } from './up-volumes.ts';
import { planFinalWaits } from './up-waits.ts';

/** What has to be done so that the engine holds what the files say. Pure: the same input gives the same plan. */
export function planUp(model: Model, observed: Observed, action: Action): StackPlan {
  const context = upContext(model, observed, action);
  planImages(context);
  planNetworks(context);
  planVolumes(context);
  for (const service of context.services) planService(context, service);
  planOrphans(context);
  planFinalWaits(context);
  return { steps: [...context.steps.values()], slots: context.slots, warnings: context.warnings };
}

/** Containers of services that the files no longer name, and one-off containers that have ended. */
function findOrphans(model: Model, observed: Observed): Observed['containers'] {
  return observed.containers.filter((container) => {
    if (isOneOff(container)) return container.state === 'exited' || container.state === 'dead';
    return !model.services.has(serviceOf(container)) && !model.disabled.includes(serviceOf(container));
  });
}

function planOrphans(context: UpContext): void {
  const orphans = findOrphans(context.model, context.observed);
  if (orphans.length === 0) return;
  if (context.action.removeOrphans === true) {
    for (const container of orphans) {
      planRemove(context, serviceOf(container), container, say`the files no longer name its service`);
    }
    return;
  }
  const names = orphans.map((container) => container.name).join(', ');
  context.warnings.push(say`Containers of services that the files no longer name are left alone: ${names}.`);
}
