import { QuaysideError } from '#contract/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { numberOf } from '../naming.ts';
import type { WaitCondition } from '../plan/step.ts';
import type { RunContext } from './context.ts';
import { probeText } from './probe-text.ts';
import { exitedError, unhealthyError } from './wait-errors.ts';

/** Seconds between looks where no event came: probes that change nothing raise none, and events may be lost. */
const safetyPollMs = 1000;
/** Restarts after which a container that never stays up is given up. */
const crashLoopRestarts = 3;

type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Waits until every container of a service meets the condition. Tells why it waits; throws when it cannot be met any more. */
export async function waitForService(context: RunContext, service: string, condition: WaitCondition): Promise<void> {
  const ids = [...context.slots].filter(([slot]) => slot.startsWith(`${service}/`)).map(([, id]) => id);
  const limit = context.waitLimitMs === undefined ? [] : [AbortSignal.timeout(context.waitLimitMs)];
  const signal = AbortSignal.any([context.signal, ...limit]);
  const wake = createWake(context, ids);
  let told = '';
  try {
    for (;;) {
      const pending = await look(context, service, ids, condition);
      if (pending === undefined) return;
      if (pending !== told) context.emit({ type: 'waiting', service, reason: pending });
      told = pending;
      throwIfStopped(context, signal, service, told);
      await wake.next(signal);
    }
  } finally {
    wake.close();
  }
}

async function look(
  context: RunContext,
  service: string,
  ids: readonly string[],
  condition: WaitCondition,
): Promise<string | undefined> {
  for (const id of ids) {
    const container = await context.gateway.containers.inspect(id);
    const verdict = await judge(context, service, container, condition);
    if (!verdict.ok) return ids.length > 1 ? `${service} ${numberOf(container)}: ${verdict.reason}` : verdict.reason;
  }
  return undefined;
}

async function judge(
  context: RunContext,
  service: string,
  container: ContainerDetail,
  condition: WaitCondition,
): Promise<Verdict> {
  if (container.state === 'exited' || container.state === 'dead') {
    const mayEnd = condition === 'completed' || (condition === 'ready' && ['', 'no'].includes(container.restartPolicy));
    if (mayEnd && container.exitCode === 0) return { ok: true };
    throw await exitedError(context, service, container);
  }
  if (container.restarting || container.restartCount >= crashLoopRestarts) {
    if (container.restartCount >= crashLoopRestarts) throw await exitedError(context, service, container);
    return { ok: false, reason: `restarting after exit code ${container.exitCode}` };
  }
  if (condition === 'completed') return { ok: false, reason: 'running, not finished yet' };
  if (!container.running) return { ok: false, reason: `container is ${container.state}` };
  switch (container.health) {
    case 'healthy':
      return { ok: true };
    case 'none':
      if (condition === 'ready') return { ok: true };
      throw new QuaysideError(
        'SERVICE_UNHEALTHY',
        `${service} has no health command, but another service waits for it to be healthy.`,
        {
          remedy: 'Add a healthcheck to the service, or let the other one wait for service_started.',
          details: { service, container: container.name },
        },
      );
    case 'unhealthy':
      throw await unhealthyError(context, service, container);
    case 'starting':
      return { ok: false, reason: `starting, ${probeText(container)}` };
  }
}

function throwIfStopped(context: RunContext, signal: AbortSignal, service: string, reason: string): void {
  if (!signal.aborted) return;
  if (context.signal.aborted) throw new QuaysideError('OPERATION_CANCELLED', 'The operation was cancelled.');
  throw new QuaysideError(
    'WAIT_TIMEOUT',
    `${service} is not healthy after ${(context.waitLimitMs ?? 0) / 1000} s: ${reason}.`,
    {
      remedy: 'Give it more time, or look at its log lines for what it is doing.',
      details: { service, reason },
    },
  );
}

interface Wake {
  next(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Resolves on the next event of one of the containers, after the safety pause, or on abort. */
function createWake(context: RunContext, ids: readonly string[]): Wake {
  let ring: (() => void) | undefined;
  let rung = false;
  const close = context.hub.subscribe((item) => {
    if (item.kind === 'event' && !ids.includes(item.event.id)) return;
    rung = true;
    ring?.();
  });
  return {
    close,
    async next(signal) {
      if (!rung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, safetyPollMs);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener('abort', ring, { once: true });
        });
        if (ring) signal.removeEventListener('abort', ring);
        ring = undefined;
      }
      rung = false;
    },
  };
}
