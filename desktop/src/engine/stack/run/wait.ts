import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { numberOf } from '../naming.ts';
import type { WaitCondition } from '../plan/step.ts';
import type { RunContext } from './context.ts';
import { probeText } from './probe-text.ts';
import { exitedError, timeoutError, unhealthyError } from './wait-errors.ts';
import { createWake } from './wake.ts';

/** A failed probe raises no event, but changes what there is to tell. */
const probeLookMs = 1000;
/** Everything else is told by events; this is for those that are lost. */
const safetyLookMs = 15_000;
/** Restarts after which a container that never stays up is given up; of one that runs, only those count that were seen. */
const crashLoopRestarts = 3;

type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** The container that is waited for, and why. */
interface Pending {
  readonly container: ContainerDetail;
  readonly reason: string;
}

/** What one wait has seen so far. */
interface Wait {
  readonly context: RunContext;
  readonly service: string;
  readonly condition: WaitCondition;
  readonly ids: readonly string[];
  /** By container id, at the first look. */
  readonly restarts: Map<string, number>;
}

/** Waits until every container of a service meets the condition. Tells why it waits; throws when it cannot be met any more. */
export async function waitForService(context: RunContext, service: string, condition: WaitCondition): Promise<void> {
  const ids = [...context.slots].filter(([slot]) => slot.startsWith(`${service}/`)).map(([, id]) => id);
  const wait: Wait = { context, service, condition, ids, restarts: new Map() };
  const signal = AbortSignal.any([context.signal, ...(context.waitLimit ? [context.waitLimit.signal] : [])]);
  const wake = createWake(context.hub, ids);
  let told = '';
  try {
    for (;;) {
      const pending = await look(wait);
      if (pending === undefined) return;
      if (pending.reason !== told) context.emit({ type: 'waiting', service, reason: pending.reason });
      told = pending.reason;
      if (signal.aborted) throw await stopped(wait, pending);
      await wake.next(signal, pending.container.health === 'starting' ? probeLookMs : safetyLookMs);
    }
  } finally {
    wake.close();
  }
}

async function look(wait: Wait): Promise<Pending | undefined> {
  for (const id of wait.ids) {
    const container = await wait.context.gateway.containers.inspect(id);
    const verdict = await judge(wait, container);
    if (verdict.ok) continue;
    const reason = wait.ids.length > 1 ? `${wait.service} ${numberOf(container)}: ${verdict.reason}` : verdict.reason;
    return { container, reason };
  }
  return undefined;
}

async function judge(wait: Wait, container: ContainerDetail): Promise<Verdict> {
  const { context, service, condition } = wait;
  if (container.state === 'exited' || container.state === 'dead') {
    const mayEnd = condition === 'completed' || (condition === 'ready' && ['', 'no'].includes(container.restartPolicy));
    if (mayEnd && container.exitCode === 0) return { ok: true };
    throw await exitedError(context, service, container);
  }
  const healthy = container.running && !container.restarting && container.health === 'healthy';
  if (healthy && condition !== 'completed') return { ok: true };
  const before = wait.restarts.get(container.id) ?? container.restartCount;
  wait.restarts.set(container.id, before);
  const counted = container.restarting ? container.restartCount : container.restartCount - before;
  if (counted >= crashLoopRestarts) throw await exitedError(context, service, container);
  if (container.restarting) return { ok: false, reason: say`restarting after exit code ${container.exitCode}` };
  if (condition === 'completed') return { ok: false, reason: say`running, not finished yet` };
  if (!container.running) return { ok: false, reason: say`container is ${container.state}` };
  return judgeHealth(wait, container);
}

async function judgeHealth({ context, service, condition }: Wait, container: ContainerDetail): Promise<Verdict> {
  switch (container.health) {
    case 'healthy':
      return { ok: true };
    case 'none':
      if (condition === 'ready') return { ok: true };
      throw new QuaysideError(
        'SERVICE_UNHEALTHY',
        say`${service} has no health command, but another service waits for it to be healthy.`,
        {
          remedy: say`Add a healthcheck to the service, or let the other one wait for service_started.`,
          details: { service, container: container.name },
        },
      );
    case 'unhealthy':
      throw await unhealthyError(context, service, container);
    case 'starting':
      return { ok: false, reason: say`starting, ${probeText(container, context.maskFor(context.model))}` };
  }
}

async function stopped({ context, service }: Wait, pending: Pending): Promise<QuaysideError> {
  if (context.signal.aborted || !context.waitLimit)
    return new QuaysideError('OPERATION_CANCELLED', say`The operation was cancelled.`);
  return timeoutError(context, service, pending, context.waitLimit.seconds);
}
