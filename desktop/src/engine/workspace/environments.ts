import { readdir } from 'node:fs/promises';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type ParseYaml, quaysideNames, readNamedEnvironments } from './quayside-file.ts';

/** One way to run the project, as far as it is known without reading the compose files. */
export interface FoundEnvironment {
  readonly id: string;
  readonly title: string;
  /** Compose files in override order, absolute. */
  readonly files: readonly string[];
  /** Env files that are named explicitly, absolute; empty = the default `.env`. */
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** Compose project name that is to be used whatever the files say (`-p`). */
  readonly projectName?: string;
  /** Text of which the compose project name is made where no file sets one. */
  readonly fallbackName: string;
  /** Absolute project directory: relative paths and the default `.env` resolve there; default: the folder. */
  readonly projectDirectory?: string;
  /** COMPOSE_FILE named the files. */
  readonly byVariable?: true;
}

export interface FindOptions {
  /** The OS environment over the default env file; COMPOSE_FILE in it names the files, as it does for docker compose. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Reads quayside.yml; without it only quayside.json can be read. */
  readonly parseYaml?: ParseYaml;
}

const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
/** Files that stand for an environment of their own, first of each list wins. */
const stages = [
  { id: 'development', title: 'Development', suffix: 'dev', words: ['dev', 'development'] },
  { id: 'production', title: 'Production', suffix: 'prod', words: ['prod', 'production'] },
] as const;

function stageNames(words: readonly string[]): string[] {
  return words.flatMap((word) => [
    `docker-compose.${word}.yml`,
    `docker-compose.${word}.yaml`,
    `compose.${word}.yaml`,
    `compose.${word}.yml`,
  ]);
}

async function listFiles(directory: string): Promise<ReadonlySet<string>> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
  } catch (error) {
    throw new QuaysideError('PROJECT_NOT_FOUND', say`The folder ${directory} cannot be read.`, {
      remedy: say`Check that it exists and that you may read it, or name another folder.`,
      details: { directory },
      cause: error,
    });
  }
}

function fromComposeFile(directory: string, value: string, env: FindOptions['env']): FoundEnvironment {
  const separator = env?.['COMPOSE_PATH_SEPARATOR'] ?? delimiter;
  const files = value.split(separator === '' ? delimiter : separator).filter((file) => file !== '');
  const absolute = files.map((file) => resolve(directory, file));
  // As docker compose does it.
  const projectDirectory = absolute[0] === undefined ? directory : dirname(absolute[0]);
  return {
    id: 'default',
    title: 'Default',
    files: absolute,
    envFiles: [],
    profiles: [],
    fallbackName: basename(projectDirectory),
    projectDirectory,
    byVariable: true,
  };
}

function fromNames(directory: string, present: ReadonlySet<string>): FoundEnvironment[] {
  const folder = basename(directory);
  const found: FoundEnvironment[] = [];
  for (const { id, title, suffix, words } of stages) {
    const file = stageNames(words).find((name) => present.has(name));
    if (file === undefined) continue;
    // Both files in one folder would otherwise share one project name, and each would recreate the other's containers.
    found.push({
      id,
      title,
      files: [join(directory, file)],
      envFiles: [],
      profiles: [],
      fallbackName: `${folder}-${suffix}`,
    });
  }
  const base = baseNames.find((name) => present.has(name));
  if (base !== undefined) {
    const override = overrideNames.find((name) => present.has(name));
    const files = [base, ...(override === undefined ? [] : [override])].map((name) => join(directory, name));
    found.push({ id: 'default', title: 'Default', files, envFiles: [], profiles: [], fallbackName: folder });
  }
  return found;
}

/**
 * The nearest folder from here upwards in which there is something to run, as docker compose looks for it; this one where there is
 * none, or where a variable names the files.
 */
export async function nearestProject(from: string, env: FindOptions['env'] = {}): Promise<string> {
  if ((env['COMPOSE_FILE'] ?? '') !== '') return from;
  const wanted = [...quaysideNames, ...baseNames, ...stages.flatMap(({ words }) => stageNames(words))];
  for (let folder = resolve(from), above = dirname(folder); ; [folder, above] = [above, dirname(above)]) {
    const present = await listFiles(folder).catch(() => new Set<string>());
    if (wanted.some((name) => present.has(name))) return folder;
    if (above === folder) return from;
  }
}

/**
 * The environments of a project folder: those that quayside.yml (or .json) names; else COMPOSE_FILE; else `development` and
 * `production` by file name and `default` for the compose file that docker compose itself would take, with its override.
 * Throws PROJECT_NOT_FOUND where there is none, COMPOSE_INVALID where quayside.yml is broken.
 */
export async function findEnvironments(directory: string, options: FindOptions = {}): Promise<FoundEnvironment[]> {
  const root = resolve(directory);
  const present = await listFiles(root);
  const named = await readNamedEnvironments(root, present, options.parseYaml);
  if (named !== undefined) return named;
  const composeFile = options.env?.['COMPOSE_FILE'];
  if (composeFile !== undefined && composeFile !== '') return [fromComposeFile(root, composeFile, options.env)];
  const found = fromNames(root, present);
  if (found.length > 0) return found;
  throw new QuaysideError('PROJECT_NOT_FOUND', say`There are no compose files in ${root}.`, {
    remedy: say`Open the folder that holds ${baseNames.join(', ')}, docker-compose.dev.yml or docker-compose.prod.yml.`,
    details: { directory: root },
  });
}
