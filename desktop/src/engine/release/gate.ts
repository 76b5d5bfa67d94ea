import { QuaysideError } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { serviceOf } from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';

const lookMs = 250;

interface GateRequest {
  readonly gateway: DockerGateway;
  /** Ids of the containers that have to stay well. */
  readonly containers: readonly string[];
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/**
 * Everything was healthy once; now it has to stay so for a while: running, not unhealthy, and never started again. Throws
 * SERVICE_UNHEALTHY or SERVICE_EXITED for the first that does not.
 */
export async function holdGate({ gateway, containers, seconds, signal }: GateRequest): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const first = new Map<string, { restarts: number; startedAt: string }>();
  do {
    signal.throwIfAborted();
    for (const id of containers) {
      const { running, health, restartCount, startedAt = '', labels, exitCode } = await gateway.containers.inspect(id);
      const service = serviceOf({ labels });
      const began = first.get(id) ?? { restarts: restartCount, startedAt };
      first.set(id, began);
      if (!running || began.restarts !== restartCount || began.startedAt !== startedAt) {
        throw new QuaysideError(
          'SERVICE_EXITED',
          say`${service} did not stay up: it ended with exit code ${exitCode}.`,
          {
            remedy: say`Look at its last log lines.`,
            details: { service },
          },
        );
      }
      if (health === 'unhealthy') {
        throw new QuaysideError('SERVICE_UNHEALTHY', say`${service} was healthy and then was not any more.`, {
          remedy: say`Look at its last probes and log lines.`,
          details: { service },
        });
      }
    }
    await pause(Math.max(0, Math.min(lookMs, until - performance.now())), signal);
  } while (performance.now() < until);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
