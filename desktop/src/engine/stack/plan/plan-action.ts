import type { Action } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { imageName } from '../naming.ts';
import type { Observed } from '../observe.ts';
import { shapeOfLabels, shapeOfModel } from '../shape.ts';
import { planBuild } from './build.ts';
import { planDown, planRestart, planStart, planStop } from './lifecycle.ts';
import type { StackPlan } from './step.ts';
import { planUp } from './up.ts';

/** Verbs that need no compose file: they work on what the labels tell. */
export function worksWithoutFiles(action: Action): boolean {
  return !['up', 'build', 'deploy'].includes(action.verb);
}

/** The plan for any action. `model` may be absent for verbs that {@link worksWithoutFiles}. Pure. */
export function planAction(model: Model | undefined, observed: Observed, action: Action): StackPlan {
  const shape = model ? shapeOfModel(model) : shapeOfLabels(observed.containers);
  switch (action.verb) {
    case 'up':
      return planUp(needed(model), observed, action);
    case 'build':
      return planBuild(needed(model), action);
    case 'stop':
      return planStop(shape, observed, action);
    case 'start':
      return planStart(shape, observed, action);
    case 'restart':
      return planRestart(shape, observed, action);
    case 'down':
      return planDown(shape, observed, action, removableImages(model, observed, action));
    case 'deploy':
    case 'rollback':
      throw new Error(`${action.verb} is planned by the releases`);
    default:
      return assertNever(action.verb);
  }
}

/** Images of the project that the action may remove: all, or only those that were built without a name of their own. */
function removableImages(model: Model | undefined, observed: Observed, action: Action): string[] {
  if (!model || action.images === undefined) return [];
  const services = [...model.services.values()].filter(({ image }) => action.images === 'all' || image === undefined);
  return [...new Set(services.map((service) => imageName(model.name, service)))].filter((image) =>
    observed.images.has(image),
  );
}

function needed(model: Model | undefined): Model {
  if (!model) throw new Error('this verb needs the compose files');
  return model;
}
