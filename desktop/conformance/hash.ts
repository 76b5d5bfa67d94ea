import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hashProfileOf, loadModel, type Model, networkHash, serviceHash, volumeHash } from '#engine/compose/index.ts';
import { docker } from '#testing/docker-cli.ts';
import type { Area, Verdict } from './area.ts';
import { type Case, cliArguments, environmentOf, requestOf, withFolder } from './case.ts';
import { hashProject, hashServices } from './cases/hash.ts';
import { hashNetworks, hashVolumes, resourceProject } from './cases/resource-hash.ts';
import type { Reference } from './reference.ts';

export const hashImage = 'qs-test-debian:bookworm';
const projectName = (): string => `qs-test-hash-${randomBytes(4).toString('hex')}`;

/** Creates a case with docker compose, starts nothing, lets `look` see the engine and removes everything again. */
async function whileCreated<T>(
  one: Case,
  reference: Reference,
  look: (model: Model, project: string) => Promise<T>,
): Promise<T> {
  return withFolder(one, async (folder) => {
    for (const name of ['data', 'x', 'y']) await mkdir(join(folder, name));
    const model = await loadModel(requestOf(one, folder));
    const options = { cwd: folder, env: environmentOf(one) };
    try {
      const made = await reference.run([...cliArguments(one), 'create', '--no-build', '--pull', 'never'], options);
      if (!made.ok) throw new Error(made.stderr);
      return await look(model, one.project ?? '');
    } finally {
      await reference.run([...cliArguments(one), 'down', '--volumes', '--timeout', '0'], options);
    }
  });
}

/** The labels of what belongs to a project, one row of texts each. */
async function labelsOf(
  list: readonly string[],
  project: string,
  labels: readonly string[],
  rest = '',
): Promise<string[][]> {
  const fields = labels.map((name) => `{{.Label "com.docker.compose.${name}"}}`).join(' ');
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  const { stdout } = await docker([...list, ...filter, '--format', `${fields} ${rest}`]);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => line.split(' '));
}

const verdict = (ours: string, theirs: string | undefined): Verdict =>
  theirs === ours ? undefined : `ours ${ours}, theirs ${theirs ?? 'nothing'}`;

/** Compares the label of every container that docker compose creates for a case with our hash; by service. */
export function compareHashes(one: Case, reference: Reference): Promise<Map<string, Verdict>> {
  return whileCreated(one, reference, async (model, project) => {
    const rows = await labelsOf(
      ['ps', '--all', '--no-trunc'],
      project,
      ['service', 'config-hash', 'version'],
      '{{.ID}}',
    );
    const labels = new Map(rows.map(([service = '', hash, version = '', id = '']) => [service, { hash, version, id }]));
    const verdicts = [...model.services].map(([name, service]) => {
      const profile = hashProfileOf(labels.get(name)?.version ?? '');
      const ours = serviceHash(service, profile, (other) => labels.get(other)?.id ?? '');
      return [name, verdict(ours, labels.get(name)?.hash)] as const;
    });
    return new Map(verdicts);
  });
}

/** The same for networks and volumes. */
function compareResources(one: Case, reference: Reference): Promise<Map<string, Verdict>> {
  return whileCreated(one, reference, async (model, project) => {
    const theirs = new Map<string, string>();
    for (const kind of ['network', 'volume']) {
      for (const [name = '', hash = ''] of await labelsOf([kind, 'ls'], project, [kind, 'config-hash'])) {
        theirs.set(`${kind} ${name}`, hash);
      }
    }
    const networks = [...model.networks].map(
      ([name, network]) => [`network ${name}`, networkHash(network, reference.profile)] as const,
    );
    const volumes = [...model.volumes].map(([name, volume]) => [`volume ${name}`, volumeHash(volume)] as const);
    return new Map([...networks, ...volumes].map(([name, ours]) => [name, verdict(ours, theirs.get(name))]));
  });
}

const hashCase = (): Case => ({
  name: 'hash',
  files: {
    'compose.yml': hashProject(hashImage, hashServices),
    'e.env': 'A=1\nOWN=file\nQ="x\\ny $A"\n',
    's.txt': 's',
  },
  env: { FROMSHELL: 'yes' },
  profiles: ['on'],
  project: projectName(),
});

const resourceCase = (): Case => ({
  name: 'resources',
  files: { 'compose.yml': resourceProject(hashImage) },
  project: projectName(),
});

export const hashAreas: readonly Area[] = [
  {
    name: 'hash',
    about: 'the configuration hash on containers that docker compose created',
    items: Object.keys(hashServices).map((name) => ({ name })),
    check: (_, reference) => compareHashes(hashCase(), reference),
  },
  {
    name: 'resource-hash',
    about: 'the hash on networks and volumes that docker compose created',
    items: [
      ...Object.keys(hashNetworks).map((name) => ({ name: `network ${name}` })),
      ...Object.keys(hashVolumes).map((name) => ({ name: `volume ${name}` })),
    ],
    since: '2.32.0',
    check: (_, reference) => compareResources(resourceCase(), reference),
  },
];
