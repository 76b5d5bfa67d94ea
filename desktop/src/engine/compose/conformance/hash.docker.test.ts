import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashProfileOf, loadModel, serviceHash } from '../index.ts';
import type { Case } from './case.ts';
import { cliArguments, environmentOf, requestOf, withFolder } from './both.ts';
import { hashProject, hashServices } from './cases-hash.ts';

const run = promisify(execFile);
const image = 'qs-test-debian:bookworm';

interface Labelled {
  readonly hash: string;
  readonly version: string;
  readonly id: string;
}

/** Creates the containers of a case with the reference tool, reads their labels and removes everything again. */
async function createdBy(one: Case, folder: string): Promise<Map<string, Labelled>> {
  const options = { cwd: folder, env: environmentOf(one), maxBuffer: 16 * 1024 * 1024 };
  try {
    await run('docker', [...cliArguments(one), 'create', '--no-build', '--pull', 'never'], options);
    const { stdout } = await run(
      'docker',
      [
        ...[
          'ps',
          '--all',
          '--no-trunc',
          '--filter',
          `label=com.docker.compose.project=${one.project ?? ''}`,
          '--format',
        ],
        `${['service', 'config-hash', 'version'].map((name) => `{{.Label "com.docker.compose.${name}"}}`).join(' ')} {{.ID}}`,
      ],
      options,
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    return new Map(lines.map(([service = '', hash = '', version = '', id = '']) => [service, { hash, version, id }]));
  } finally {
    await run('docker', [...cliArguments(one), 'down', '--volumes', '--timeout', '0'], options);
  }
}

async function compareHashes(one: Case): Promise<void> {
  await withFolder(one, async (folder) => {
    for (const name of ['data', 'x', 'y']) await mkdir(join(folder, name));
    const model = await loadModel(requestOf(one, folder));
    const labels = await createdBy(one, folder);
    const theirs = Object.fromEntries([...labels].map(([service, label]) => [service, label.hash]));
    const ours = Object.fromEntries(
      [...model.services].map(([name, service]) => [
        name,
        serviceHash(service, hashProfileOf(labels.get(name)?.version ?? ''), (other) => labels.get(other)?.id ?? ''),
      ]),
    );
    expect(ours).toEqual(theirs);
  });
}

test('the hash of every kind of service is the one that the reference tool writes on its containers', async () => {
  await compareHashes({
    name: 'hash',
    files: {
      'compose.yml': hashProject(image, hashServices),
      'e.env': 'A=1\nOWN=file\nQ="x\\ny $A"\n',
      's.txt': 's',
    },
    env: { FROMSHELL: 'yes' },
    profiles: ['on'],
    project: 'qs-test-loader-hash',
  });
});

const word = fc.stringMatching(/^[a-z<>&é"\\ ]{1,8}$/);
const key = fc.stringMatching(/^[a-z0-9]{1,5}$/);
const size = fc.integer({ min: 8, max: 900 }).map((number) => `${number}m`);
const period = fc.integer({ min: 1, max: 9000 }).map((number) => `${number}s`);

const anyService = fc.record(
  {
    command: fc.array(word, { maxLength: 3 }),
    environment: fc.dictionary(
      key,
      fc.oneof(word, fc.integer(), fc.boolean(), fc.double({ noNaN: true, min: -1e9, max: 1e9 })),
    ),
    labels: fc.dictionary(key, word),
    mem_limit: size,
    cpus: fc.integer({ min: 1, max: 199 }).map((number) => number / 100),
    healthcheck: fc.record({ test: word, interval: period, retries: fc.integer({ min: 0, max: 9 }) }),
    stop_grace_period: period,
    init: fc.boolean(),
    tty: fc.boolean(),
    expose: fc.uniqueArray(fc.integer({ min: 1, max: 65_000 }), { maxLength: 3 }),
    tmpfs: fc.uniqueArray(
      key.map((name) => `/${name}`),
      { maxLength: 2 },
    ),
    volumes: fc.uniqueArray(
      key.map((name) => `./x:/${name}`),
      { maxLength: 2 },
    ),
    ulimits: fc.record({ nofile: fc.integer({ min: 1, max: 100 }) }),
    logging: fc.record({
      driver: fc.constant('json-file'),
      options: fc.record({ 'max-file': fc.integer({ min: 1, max: 9 }) }),
    }),
  },
  { requiredKeys: [] },
);

test('the hash of made-up services is the one of the reference tool', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyService, { minLength: 1, maxLength: 3 }), async (services) => {
      const bodies = services.map(
        (service, index) => [`s${index}`, { image, entrypoint: ['sh'], ...service }] as const,
      );
      const text = JSON.stringify({ services: Object.fromEntries(bodies) }).replaceAll('$', '$$$$');
      await compareHashes({ name: 'made up', files: { 'compose.yml': text }, project: `qs-test-loader-p${round++}` });
    }),
    { numRuns: 12 },
  );
});
