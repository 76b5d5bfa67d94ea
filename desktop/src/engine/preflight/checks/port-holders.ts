import { QuaysideError } from '#contract/index.ts';
import type { ContainerSummary, DockerGateway, PortBinding } from '#engine/docker/index.ts';

/** A running container that publishes ports. */
export interface PortHolder {
  readonly name: string;
  /** Compose project; absent for containers of nobody. */
  readonly project?: string;
  readonly ports: readonly PortBinding[];
}

const PARALLEL = 8;
const RUNNING = new Set(['running', 'paused', 'restarting']);

async function portsOf(gateway: DockerGateway, { id, ports }: ContainerSummary): Promise<readonly PortBinding[]> {
  if (ports !== undefined) return ports;
  try {
    return (await gateway.containers.inspect(id)).ports;
  } catch (error) {
    if (error instanceof QuaysideError && error.code === 'ENGINE_NOT_FOUND') return [];
    throw error;
  }
}

/** Every running container that holds a port of the engine's machine. */
export async function findHolders(gateway: DockerGateway): Promise<PortHolder[]> {
  const running = (await gateway.containers.list({})).filter(({ state }) => RUNNING.has(state));
  const holders: PortHolder[] = [];
  for (let at = 0; at < running.length; at += PARALLEL) {
    const some = running.slice(at, at + PARALLEL);
    const bindings = await Promise.all(some.map((summary) => portsOf(gateway, summary)));
    for (const [index, { name, labels }] of some.entries()) {
      const ports = bindings[index] ?? [];
      const project = labels['com.docker.compose.project'];
      if (ports.length > 0) holders.push({ name, ports, ...(project === undefined ? {} : { project }) });
    }
  }
  return holders;
}
