import { randomBytes } from 'node:crypto';
import { dockerText } from '#testing/docker-cli.ts';
import type { Area, Verdict } from '../area.ts';
import { environmentOf, withFolder } from '../case.ts';
import { differences } from '../differences.ts';
import type { Reference } from '../reference.ts';
import { applyOurs } from '../ours.ts';
import { removeProject } from '../remove-project.ts';
import { type Inspected, inspectProject, itemKey } from './inspected.ts';
import { normal } from './normal.ts';
import { object, without } from './tree.ts';
import { itemsOf, type PayloadItem, type ResourceKind, type Scene } from './scene.ts';
import { newerScenes, scenes } from './scenes.ts';

const image = 'qs-test-debian:bookworm';

export const payloadAreas: readonly Area[] = [
  payloadArea('payload', 'what docker inspect says of containers, networks and volumes that both tools create', scenes),
  payloadArea('payload-newer', 'the same for keys that docker compose before 2.40 does not know', newerScenes, '2.40'),
];

function payloadArea(name: string, about: string, from: readonly Scene[], since?: string): Area {
  const items = itemsOf(from);
  return {
    name,
    about,
    items,
    ...(since === undefined ? {} : { since }),
    async check(_, reference) {
      const verdicts = new Map<string, Verdict>();
      for (const scene of from) {
        const own = items.filter((item) => item.scene === scene);
        for (const [item, verdict] of await compareScene(scene, own, reference)) verdicts.set(item, verdict);
      }
      return verdicts;
    },
  };
}

/** Both tools create the scene, one after the other under the same name; every resource has to come out the same. */
async function compareScene(
  scene: Scene,
  items: readonly PayloadItem[],
  reference: Reference,
): Promise<Map<string, Verdict>> {
  const project = `qs-test-tr-${randomBytes(4).toString('hex')}`;
  return withFolder({ files: { ...scene.files, 'compose.yml': composeFile(scene) } }, async (folder) => {
    const make = async (tool: Tool): Promise<Made> => {
      try {
        await tool(scene, folder, project, reference);
        return { inspected: await inspectProject(project), reads: await readFiles(scene, project) };
      } catch (error) {
        return { failure: error instanceof Error ? error.message : String(error) };
      } finally {
        await removeProject(project);
      }
    };
    const theirs = await make(byReference);
    const ours = await make(byUs);
    return new Map(items.map((item) => [item.name, verdictOf(item, ours, theirs)]));
  });
}

type Tool = (scene: Scene, folder: string, project: string, reference: Reference) => Promise<void>;
type Made =
  | { readonly inspected: Inspected; readonly reads: ReadonlyMap<string, string> }
  | { readonly failure: string };

const byReference: Tool = async (scene, folder, project, reference) => {
  const verb = scene.reads === undefined ? ['create', '--no-build'] : ['up', '--detach', '--no-build'];
  const options = { cwd: folder, env: environmentOf(scene) };
  const ran = await reference.run(['-p', project, '-f', 'compose.yml', ...verb, '--pull', 'never'], options);
  if (!ran.ok) throw new Error(ran.stderr.trim().split('\n').at(-1));
};

const byUs: Tool = async (scene, folder, project, reference) => {
  const env = environmentOf(scene);
  const request = { directory: folder, files: ['compose.yml'], envFiles: [], profiles: [], projectName: project, env };
  const options = { composeVersion: reference.version, start: scene.reads !== undefined };
  await applyOurs(request, { verb: 'up', wait: false }, options);
};

/** JSON is YAML. */
function composeFile({ services, networks, volumes, secrets, configs }: Scene): string {
  const filled = Object.entries(services).map(
    ([name, part]) => [name, { image, command: ['sleep', '1000'], ...part }] as const,
  );
  const all = Object.fromEntries(filled);
  return JSON.stringify({ services: all, networks, volumes, secrets, configs }, null, 2);
}

/** Mode, owner and content of the files that the scene wants to be read, by service. */
async function readFiles({ reads = {} }: Scene, project: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [service, paths] of Object.entries(reads)) {
    const look = `for f in ${paths.join(' ')}; do stat -c '%n %a %u %g' $f && cat $f; done`;
    found.set(service, await dockerText('exec', `${project}-${service}-1`, 'sh', '-c', look));
  }
  return found;
}

function verdictOf({ kind, key, scene }: PayloadItem, ours: Made, theirs: Made): Verdict {
  if ('failure' in ours || 'failure' in theirs) return failureOf(scene, ours, theirs);
  if (scene.refused === true) return 'neither fails';
  const found = differences(resource(ours.inspected, scene, kind, key), resource(theirs.inspected, scene, kind, key));
  if (kind === 'container' && ours.reads.get(key) !== theirs.reads.get(key)) {
    found.push(`files: ours ${String(ours.reads.get(key))}, theirs ${String(theirs.reads.get(key))}`);
  }
  return found.length === 0 ? undefined : found.join('; ');
}

function failureOf(scene: Scene, ours: Made, theirs: Made): Verdict {
  const our = 'failure' in ours ? ours.failure : '';
  const their = 'failure' in theirs ? theirs.failure : '';
  if (our === '') return `only docker compose fails: ${their}`;
  if (their === '') return `only ours fails: ${our}`;
  return scene.refused === true ? undefined : `both fail, ours: ${our}; theirs: ${their}`;
}

function resource(inspected: Inspected, scene: Scene, kind: ResourceKind, key: string): unknown {
  const names = new Map(
    [...inspected].flatMap(([name, { Id }]) =>
      name.startsWith('container ') ? [[String(Id), name.slice('container '.length)] as const] : [],
    ),
  );
  const one = inspected.get(itemKey(kind, key));
  if (one === undefined) return undefined;
  const found = normal(kind, one, names);
  // The engine picks another free address range each time.
  const ranged = kind !== 'network' || object(scene.networks?.[key]?.['ipam'])['config'] !== undefined;
  return ranged ? found : { ...found, IPAM: without(object(found['IPAM']), 'Config') };
}
