import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoadRequest } from '#engine/compose/index.ts';
import { docker, dockerText } from '#testing/docker-cli.ts';
import type { Verdict } from '../area.ts';
import { environmentOf, withFolder } from '../case.ts';
import { applyOurs, planOurs } from '../ours.ts';
import type { Reference } from '../reference.ts';
import { removeProject } from '../remove-project.ts';
import type { Scenario, Version } from './scenario.ts';

/** One project in a folder of its own, on which both tools act in turns. */
export interface Stage {
  /** Lets the files say something else. */
  readonly put: (version: Version) => Promise<void>;
  readonly upByUs: () => Promise<void>;
  readonly upByThem: () => Promise<void>;
  /** What our plan would change: nothing where all is in order. */
  readonly foundByUs: () => Promise<Verdict>;
  /** What `docker compose up` changes: nothing where it only says Running. */
  readonly foundByThem: () => Promise<Verdict>;
  readonly downByUs: () => Promise<void>;
  readonly downByThem: () => Promise<void>;
  /** What is still there of the project. */
  readonly leftovers: () => Promise<Verdict>;
}

/** Makes a stage for as long as `use` needs it; nothing of it stays on the engine. */
export async function onStage<T>(
  scenario: Scenario,
  reference: Reference,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const project = `qs-test-tr-${randomBytes(4).toString('hex')}`;
  try {
    return await withFolder({ files: {} }, (folder) => use(makeStage({ scenario, reference, project, folder })));
  } finally {
    await removeProject(project);
    const images = await dockerText(
      'image',
      'ls',
      '--filter',
      `reference=${project}*`,
      '--format',
      '{{.Repository}}:{{.Tag}}',
    );
    if (images !== '') await docker(['image', 'rm', ...images.split('\n')]);
  }
}

interface Setting {
  readonly scenario: Scenario;
  readonly reference: Reference;
  readonly project: string;
  readonly folder: string;
}

function makeStage(setting: Setting): Stage {
  const { scenario, project, folder } = setting;
  let version: Version = { services: {} };
  const orphans = scenario.removeOrphans === true;
  const request = (): LoadRequest => ({
    directory: folder,
    files: filesOf(version),
    envFiles: [],
    profiles: version.profiles ?? [],
    projectName: project,
    env: environmentOf(version),
  });
  const up = { verb: 'up', wait: false, ...(orphans ? { removeOrphans: true } : {}) } as const;
  const composeVersion = setting.reference.version;
  const theirs = async (...words: string[]): Promise<string> => {
    const files = filesOf(version).flatMap((file) => ['-f', file]);
    const flags = (version.profiles ?? []).flatMap((profile) => ['--profile', profile]);
    const options = { cwd: folder, env: environmentOf(version) };
    const ran = await setting.reference.run(['-p', project, ...files, ...flags, ...words], options);
    if (!ran.ok) throw new Error(`docker compose ${words.join(' ')}: ${ran.stderr.trim()}`);
    return ran.stderr;
  };
  const upByThem = () => theirs('up', '--detach', '--pull', 'never', ...(orphans ? ['--remove-orphans'] : []));
  return {
    async put(next) {
      version = next;
      await putFiles(setting, next);
    },
    upByUs: () => applyOurs(request(), up, { composeVersion }),
    async upByThem() {
      await upByThem();
    },
    async foundByUs() {
      const steps = await planOurs(request(), up);
      return steps.length === 0 ? undefined : `our plan is not empty: ${steps.join(', ')}`;
    },
    async foundByThem() {
      const before = await containers(project);
      const said = changesIn(await upByThem());
      const after = await containers(project);
      if (said.length > 0) return `docker compose says: ${said.join('; ')}`;
      return before === after ? undefined : `containers were ${before} and are ${after}`;
    },
    async downByUs() {
      const volumes = (await listed('volume', project)).split('\n').filter((name) => name !== '');
      await applyOurs(request(), { verb: 'down', volumes, removeOrphans: true }, { composeVersion });
    },
    async downByThem() {
      await theirs('down', '--volumes', '--remove-orphans');
    },
    async leftovers() {
      const left = await Promise.all(['container', 'network', 'volume'].map((kind) => listed(kind, project)));
      return left.every((names) => names === '') ? undefined : `left: ${left.join(' ')}`;
    },
  };
}

const filesOf = ({ use = ['compose.yml'] }: Version): readonly string[] => use;
const tagOf = (project: string): string => `${project}:1`;

async function putFiles({ folder, project }: Setting, version: Version): Promise<void> {
  const { services, networks, volumes, secrets, configs, files = {}, tagged } = version;
  if (tagged !== undefined) await docker(['tag', tagged, tagOf(project)]);
  const text = JSON.stringify({ services, networks, volumes, secrets, configs }).replaceAll('{project}', project);
  for (const [name, content] of Object.entries({ ...files, 'compose.yml': text })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** Everything that docker compose says it did, but what it found as it should be: containers that run, or that it waited for. */
function changesIn(said: string): string[] {
  return said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(Container|Network|Volume|Image) /.test(line) && !/\s(Running|Waiting|Healthy)$/.test(line));
}

const containers = (project: string): Promise<string> =>
  dockerText(
    'ps',
    '--all',
    '--no-trunc',
    '--filter',
    `label=com.docker.compose.project=${project}`,
    '--format',
    '{{.ID}} {{.State}}',
  );

const listed = (kind: string, project: string): Promise<string> => {
  const all = kind === 'container' ? ['--all'] : [];
  return dockerText(kind, 'ls', ...all, '--quiet', '--filter', `label=com.docker.compose.project=${project}`);
};
