import { QuaysideError } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { unlessGone } from '../observe.ts';
import type { Step, Task } from '../plan/step.ts';
import { networkBody, volumeBody } from '../translate/project-bodies.ts';
import { runBuild } from './build.ts';
import { imageOf, type RunContext, requiredModel } from './context.ts';
import { runCreate } from './create.ts';
import type { StepResult } from './execute.ts';
import { runPull } from './pull.ts';
import { waitForService } from './wait.ts';

/** Carries one step out. */
export async function runStep(context: RunContext, step: Step): Promise<StepResult> {
  if (step.unless && (await imageOf(context, step.unless.service))?.id === step.unless.image) return 'skipped';
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
      await runContainerTask(context, task);
      return 'done';
    case 'create-network':
    case 'remove-network':
    case 'create-volume':
    case 'remove-volume':
    case 'remove-image':
      return runResourceTask(context, task);
    default:
      return assertNever(task);
  }
}

async function runWait(context: RunContext, service: string, task: Extract<Task, { do: 'wait' }>): Promise<StepResult> {
  try {
    await waitForService(context, service, task.condition);
    return 'done';
  } catch (error) {
    if (!task.optional || context.signal.aborted || !(error instanceof QuaysideError)) throw error;
    context.emit({ type: 'note', text: `${error.message} It is optional, so the operation goes on.` });
    return 'skipped';
  }
}

type ContainerTask = Extract<Task, { do: 'start' | 'stop' | 'restart' | 'remove' | 'rename' }>;

async function runContainerTask(context: RunContext, task: ContainerTask): Promise<void> {
  const { containers } = context.gateway;
  switch (task.do) {
    case 'start': {
      const id = context.slots.get(task.slot) ?? '';
      await context.startGate(() => containers.start(id));
      return;
    }
    case 'stop':
      await unlessGone(containers.stop(task.container, task.timeout));
      return;
    case 'restart':
      await context.startGate(() => containers.restart(task.container, task.timeout));
      return;
    case 'remove':
      await containers.remove(task.container, { force: true, volumes: task.volumes });
      return;
    case 'rename': {
      const id = task.container ?? context.created.get(task.slot) ?? '';
      await containers.rename(id, task.name);
      context.slots.set(task.slot, id);
      context.created.delete(task.slot);
      return;
    }
  }
}

type ResourceTask = Extract<
  Task,
  { do: 'create-network' | 'remove-network' | 'create-volume' | 'remove-volume' | 'remove-image' }
>;

async function runResourceTask(context: RunContext, task: ResourceTask): Promise<StepResult> {
  const { networks, volumes, images } = context.gateway;
  switch (task.do) {
    case 'create-network': {
      const model = requiredModel(context);
      const network = model.networks.get(task.key);
      if (network) await networks.create(networkBody(model, task.key, network, await context.composeVersion()));
      return 'done';
    }
    case 'create-volume': {
      const model = requiredModel(context);
      const volume = model.volumes.get(task.key);
      if (volume) await volumes.create(volumeBody(model, task.key, volume, await context.composeVersion()));
      return 'done';
    }
    case 'remove-network':
      return removeNetwork(context, task.id);
    case 'remove-volume':
      await volumes.remove(task.name);
      return 'done';
    case 'remove-image':
      await images.remove(task.image);
      return 'done';
  }
}

/** A network that others still use is left alone, as the CLI does; this project's own containers are detached first. */
async function removeNetwork(context: RunContext, id: string): Promise<StepResult> {
  const network = await unlessGone(context.gateway.networks.inspect(id));
  if (!network) return 'skipped';
  const own = new Set(context.observed.containers.map((container) => container.id));
  const strangers = network.containers.filter((container) => !own.has(container));
  if (strangers.length > 0) {
    context.emit({
      type: 'note',
      text: `Network ${network.name} is still used by ${strangers.length} container(s) outside this project and is left alone.`,
    });
    return 'skipped';
  }
  for (const container of network.containers) await unlessGone(context.gateway.networks.disconnect(id, container));
  await context.gateway.networks.remove(id);
  return 'done';
}
