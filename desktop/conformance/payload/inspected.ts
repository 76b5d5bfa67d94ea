import { docker, dockerText } from '#testing/docker-cli.ts';
import type { ResourceKind } from './scene.ts';
import { list, object, type Tree } from './tree.ts';

/** What `docker inspect` says of everything in a project, by {@link itemKey}. */
export type Inspected = ReadonlyMap<string, Tree>;

const lists: Readonly<Record<ResourceKind, readonly string[]>> = {
  container: ['ps', '--all', '--quiet', '--no-trunc'],
  network: ['network', 'ls', '--quiet', '--no-trunc'],
  volume: ['volume', 'ls', '--quiet'],
};

/** Label that holds the key of a resource. */
const keys: Readonly<Record<ResourceKind, string>> = {
  container: 'com.docker.compose.service',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
};

export const itemKey = (kind: ResourceKind, key: string): string => `${kind} ${key}`;

/** Reads all resources of a project. */
export async function inspectProject(project: string): Promise<Inspected> {
  const found = new Map<string, Tree>();
  for (const kind of ['container', 'network', 'volume'] as const) {
    const filter = ['--filter', `label=com.docker.compose.project=${project}`];
    const ids = (await dockerText(...lists[kind], ...filter)).split('\n').filter((id) => id !== '');
    if (ids.length === 0) continue;
    const { stdout } = await docker([kind, 'inspect', ...ids]);
    for (const one of list(JSON.parse(stdout)).map(object)) found.set(itemKey(kind, keyOf(one, kind)), one);
  }
  return found;
}

function keyOf(inspected: Tree, kind: ResourceKind): string {
  const { Labels } = kind === 'container' ? object(inspected['Config']) : inspected;
  return String(object(Labels)[keys[kind]]);
}
