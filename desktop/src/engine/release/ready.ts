import type { DockerGateway } from '#engine/docker/index.ts';
import { askReadiness, readyCommand } from '#engine/health/index.ts';
import { serviceOf } from '#engine/stack/index.ts';
import type { Masker } from '#kit/mask-secrets.ts';

const pauseMs = 500;

/** A service that does not say that it is ready. */
export interface Unready {
  readonly service: string;
  readonly reason: string;
}

interface Request {
  readonly gateway: DockerGateway;
  /** Whose containers these have to be. */
  readonly project: string;
  /** Ids of running containers. */
  readonly containers: readonly string[];
  /** Hides the secrets that they print. */
  readonly mask: Masker;
  readonly signal: AbortSignal;
}

/** Asks each once; those that do not say yes. What does not run is not asked: others see to that. */
export async function askReady(request: Request): Promise<Unready[]> {
  return (await Promise.all(request.containers.map((id) => askOne(request, id)))).flatMap((one) => one ?? []);
}

interface Patient extends Request {
  /** For how long a service is asked. */
  readonly secondsFor: (service: string) => number;
  /** Hears of each that does not say yes yet. */
  readonly tell: (unready: Unready) => void;
}

/** Asks until all say yes, as long as there is patience; those that never did. */
export async function awaitReady(request: Patient): Promise<Unready[]> {
  const { secondsFor, signal, tell } = request;
  const begun = performance.now();
  const one = async (id: string): Promise<Unready[]> => {
    for (;;) {
      const unready = await askOne(request, id);
      if (!unready) return [];
      signal.throwIfAborted();
      if (performance.now() - begun >= secondsFor(unready.service) * 1000) return [unready];
      tell(unready);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  return (await Promise.all(request.containers.map(one))).flat();
}

async function askOne({ gateway, project, mask, signal }: Request, id: string): Promise<Unready | undefined> {
  const container = await gateway.containers.inspect(id);
  const service = serviceOf(container);
  const command = readyCommand(service, container.labels);
  if (!command) return undefined;
  const answer = await askReadiness(container, { gateway, project, command, signal, mask });
  return answer?.reason === undefined ? undefined : { service, reason: answer.reason };
}
