import { QuaysideError } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { say } from '#kit/say.ts';
import type { SameImage, Step, Task } from '../plan/step.ts';
import { runBuild } from './build.ts';
import { runContainerTask } from './container-task.ts';
import { imageOf, type RunContext } from './context.ts';
import { runCreate } from './create.ts';
import type { StepResult } from './execute.ts';
import { runPull } from './pull.ts';
import { runResourceTask } from './resource-task.ts';
import { waitForService } from './wait.ts';

/** Carries one step out. */
export async function runStep(context: RunContext, step: Step): Promise<StepResult> {
  if (step.unless && (await areSame(context, step.unless))) return 'skipped';
  const { task } = step;
  const service = step.service ?? '';
  switch (task.do) {
    case 'pull':
      return runPull(context, service, task.image, task.tolerant);
    case 'build':
      return runBuild(context, service, task);
    case 'wait':
      return runWait(context, service, task);
    case 'create':
      await runCreate(context, service, task);
      return 'done';
    case 'start':
    case 'stop':
    case 'restart':
    case 'remove':
    case 'rename':
      await runContainerTask(context, service, task);
      return 'done';
    case 'create-network':
    case 'remove-network':
    case 'create-volume':
    case 'remove-volume':
    case 'remove-image':
    case 'tag-image':
      return runResourceTask(context, task);
    default:
      return assertNever(task);
  }
}

async function areSame(context: RunContext, images: readonly SameImage[]): Promise<boolean> {
  const found = await Promise.all(images.map(({ service }) => imageOf(context, service)));
  return images.every(({ image }, index) => found[index]?.id === image);
}

async function runWait(context: RunContext, service: string, task: Extract<Task, { do: 'wait' }>): Promise<StepResult> {
  try {
    await waitForService(context, service, task.condition);
    return 'done';
  } catch (error) {
    if (!task.optional || context.signal.aborted || !(error instanceof QuaysideError)) throw error;
    context.emit({ type: 'note', text: say`${error.message} It is optional, so the operation goes on.` });
    return 'skipped';
  }
}
