import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { unlessGone } from '../observe.ts';
import type { Task } from '../plan/step.ts';
import type { RunContext } from './context.ts';
import { runHooks } from './hooks.ts';
import { injectFiles } from './inject.ts';
import { unlessNameTaken } from './name-taken.ts';
import { exitedError } from './wait-errors.ts';

type ContainerTask = Extract<Task, { do: 'start' | 'stop' | 'restart' | 'remove' | 'rename' }>;

/** Does one thing to one container, with the hooks and files that its service asks for. */
export async function runContainerTask(context: RunContext, serviceName: string, task: ContainerTask): Promise<void> {
  const { containers } = context.gateway;
  switch (task.do) {
    case 'start':
      await start(context, serviceName, context.slots.get(task.slot) ?? '');
      return;
    case 'stop':
      if (task.replaced !== true) await beforeStop(context, serviceName, task.container);
      await unlessGone(containers.stop(task.container, task.timeout));
      return;
    case 'restart':
      await beforeStop(context, serviceName, task.container);
      // Not the engine's own restart: while one container stops, others may start.
      await containers.stop(task.container, task.timeout);
      await context.startGate(() => containers.start(task.container));
      await afterStart(context, serviceName, task.container);
      return;
    case 'remove':
      await containers.remove(task.container, { force: true, volumes: task.volumes });
      return;
    case 'rename': {
      const id = task.container ?? context.created.get(task.slot) ?? '';
      await unlessNameTaken(context, task.name, containers.rename(id, task.name));
      context.slots.set(task.slot, id);
      context.created.delete(task.slot);
      return;
    }
  }
}

async function start(context: RunContext, serviceName: string, id: string): Promise<void> {
  const isOld = context.observed.containers.some((container) => container.id === id);
  if (isOld) {
    const { running, paused } = await context.gateway.containers.inspect(id);
    if (running && !paused) return;
    // A container made by this plan got them when it was created.
    if (context.model?.services.has(serviceName) === true) await injectFiles(context, serviceName, id);
  }
  await context.startGate(() => context.gateway.containers.start(id));
  await afterStart(context, serviceName, id);
}

async function afterStart(context: RunContext, serviceName: string, id: string): Promise<void> {
  const service = context.model?.services.get(serviceName);
  if (!service) return;
  try {
    await runHooks(context, service, 'post_start', id);
  } catch (error) {
    // Left running, it would pass for started, and the next start would not run its hooks.
    if (context.signal.aborted) await context.gateway.containers.stop(id);
    const container = isCode(error, 'ENGINE_CONFLICT') ? await context.gateway.containers.inspect(id) : undefined;
    if (container?.state === 'exited') throw await exitedError(context, serviceName, container);
    throw error;
  }
}

/** What no longer runs needs no hooks. */
async function beforeStop(context: RunContext, serviceName: string, id: string): Promise<void> {
  const service = context.model?.services.get(serviceName);
  if (!service) return;
  try {
    await runHooks(context, service, 'pre_stop', id);
  } catch (error) {
    if (!isCode(error, 'ENGINE_NOT_FOUND') && !isCode(error, 'ENGINE_CONFLICT')) throw error;
  }
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof QuaysideError && error.code === code;
}
