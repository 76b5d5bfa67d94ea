import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hashProfileOf, loadModel, serviceHash } from '#engine/compose/index.ts';
import { docker } from '#testing/docker-cli.ts';
import type { Area, Verdict } from './area.ts';
import { type Case, cliArguments, environmentOf, requestOf, withFolder } from './case.ts';
import { hashProject, hashServices } from './cases/hash.ts';
import type { Reference } from './reference.ts';

export const hashImage = 'qs-test-debian:bookworm';

interface Labelled {
  readonly hash: string;
  readonly version: string;
  readonly id: string;
}

/** Creates the containers of a case with docker compose, starts none, reads their labels and removes everything again. */
async function createdBy(one: Case, folder: string, reference: Reference): Promise<Map<string, Labelled>> {
  const options = { cwd: folder, env: environmentOf(one) };
  try {
    const made = await reference.run([...cliArguments(one), 'create', '--no-build', '--pull', 'never'], options);
    if (!made.ok) throw new Error(made.stderr);
    const labels = ['service', 'config-hash', 'version'].map((name) => `{{.Label "com.docker.compose.${name}"}}`);
    const project = `label=com.docker.compose.project=${one.project ?? ''}`;
    const list = ['ps', '--all', '--no-trunc', '--filter', project, '--format', `${labels.join(' ')} {{.ID}}`];
    const lines = (await docker(list)).stdout.trim().split('\n');
    return new Map(
      lines.map((line) => {
        const [service = '', hash = '', version = '', id = ''] = line.split(' ');
        return [service, { hash, version, id }];
      }),
    );
  } finally {
    await reference.run([...cliArguments(one), 'down', '--volumes', '--timeout', '0'], options);
  }
}

/** Compares the label of every container that docker compose creates for a case with our hash; by service. */
export async function compareHashes(one: Case, reference: Reference): Promise<Map<string, Verdict>> {
  return withFolder(one, async (folder) => {
    for (const name of ['data', 'x', 'y']) await mkdir(join(folder, name));
    const model = await loadModel(requestOf(one, folder));
    const labels = await createdBy(one, folder, reference);
    const verdicts = [...model.services].map(([name, service]) => {
      const label = labels.get(name);
      if (label === undefined) return [name, 'docker compose made no container'] as const;
      const ours = serviceHash(service, hashProfileOf(label.version), (other) => labels.get(other)?.id ?? '');
      return [name, ours === label.hash ? undefined : `ours ${ours}, theirs ${label.hash}`] as const;
    });
    return new Map(verdicts);
  });
}

export const hashAreas: readonly Area[] = [
  {
    name: 'hash',
    about: 'the configuration hash on containers that docker compose created',
    items: Object.keys(hashServices).map((name) => ({ name })),
    check: (_, reference) =>
      compareHashes(
        {
          name: 'hash',
          files: {
            'compose.yml': hashProject(hashImage, hashServices),
            'e.env': 'A=1\nOWN=file\nQ="x\\ny $A"\n',
            's.txt': 's',
          },
          env: { FROMSHELL: 'yes' },
          profiles: ['on'],
          project: `qs-test-hash-${randomBytes(4).toString('hex')}`,
        },
        reference,
      ),
  },
];
