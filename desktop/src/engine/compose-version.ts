import { homedir } from 'node:os';
import type { DockerGateway } from './docker/index.ts';
import { label } from './stack/index.ts';
import { findComposeVersion, newestKnownCompose, stateDirectory } from './workspace/index.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The version of docker compose to write labels and hashes for: that of the CLI on this machine, else the newest that left a label
 * on the engine, else the newest known.
 */
export async function composeVersionFor(gateway: DockerGateway, env: Env): Promise<string> {
  const directory = await stateDirectory(env['QUAYSIDE_STATE_DIR']);
  const installed = await findComposeVersion({ env, home: homedir(), stateDirectory: directory });
  return installed ?? (await newestSeen(gateway)) ?? newestKnownCompose;
}

async function newestSeen(gateway: DockerGateway): Promise<string | undefined> {
  const containers = await gateway.containers.list({ label: [label.version] });
  const versions = containers.flatMap(({ labels }) => labels[label.version] ?? []);
  return versions
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .sort(byVersion)
    .at(-1);
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
