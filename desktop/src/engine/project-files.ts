import { watch } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path';
import { type Environment, type OtherProject, type Project, QuaysideError, toProblem } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { shellWord } from '#kit/shell-word.ts';
import {
  type LoadRequest,
  loadModel,
  type Model,
  normalizeProjectName,
  parseYamlDocument,
  variablesOf,
} from './compose/index.ts';
import { describeOther, idOfOther, otherOf } from './other-projects.ts';
import type { LabelledProject } from './stack/index.ts';
import { type FoundEnvironment, findEnvironments, nearestProject } from './workspace/index.ts';

/** Files chosen by hand; they replace the environments of the folder. */
export interface Selection {
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  readonly projectName?: string;
  /** Absolute project directory, where it is not the folder that is open. */
  readonly projectDirectory?: string;
}

/** An environment with what its files say, or why they cannot be used. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  /** Known also where the files are broken, unless only they could tell it. */
  readonly project: string;
  readonly model?: Model;
  readonly error?: unknown;
}

interface ProjectFilesOptions {
  readonly directory: string;
  readonly selection?: Selection;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Compose projects on the engine, whoever started them. */
  readonly onEngine: () => Promise<readonly LabelledProject[]>;
}

/** The compose files of a folder, loaded when they are needed and again when they may have changed. */
export interface ProjectFiles {
  project(): Promise<Project>;
  /** Projects on the engine that are not of this folder. */
  others(): Promise<OtherProject[]>;
  /** Takes the id of an environment or of a project that is not of this folder. Throws ENVIRONMENT_NOT_FOUND; broken files are part of the answer. */
  load(id: string): Promise<LoadedEnvironment>;
  /** Loads anew with other values for some variables; throws what is wrong with the files. */
  loadWith(id: string, variables: Readonly<Record<string, string>>): Promise<Model>;
  /** What an environment is loaded with. Throws ENVIRONMENT_NOT_FOUND, PROJECT_NOT_FOUND where its files are not on this machine. */
  request(id: string): Promise<LoadRequest>;
  /** What was loaded before is old. */
  forget(): void;
  /** Calls back when a file in the folder changed. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

/** How long a loaded model is taken for current: files outside the folder are not watched. */
const freshMs = 1000;
const settleMs = 150;

export function createProjectFiles(options: ProjectFilesOptions): ProjectFiles {
  const memory = new Map<string, { at: number; loaded: Promise<LoadedEnvironment> }>();
  const names = new Map<string, string>();
  /** Projects that are not of this folder, as they were last seen, by name. */
  const others = new Map<string, LabelledProject>();
  const specs = (): Promise<FoundEnvironment[]> => findSpecs(options);

  const loadSpec = async (spec: FoundEnvironment): Promise<LoadedEnvironment> => {
    const loaded = await loadEnvironment(options, spec, names.get(spec.id));
    if (loaded.model) names.set(spec.id, loaded.project);
    return loaded;
  };
  const fresh = (spec: FoundEnvironment): Promise<LoadedEnvironment> => {
    const known = memory.get(spec.id);
    if (known && performance.now() - known.at < freshMs) return known.loaded;
    const loaded = loadSpec(spec);
    memory.set(spec.id, { at: performance.now(), loaded });
    return loaded;
  };
  return {
    async project() {
      const base = { directory: options.directory, name: basename(options.directory) };
      try {
        const environments = await Promise.all((await specs()).map(async (spec) => (await fresh(spec)).environment));
        const first = environments[0]?.id;
        return { ...base, environments, ...(first === undefined ? {} : { defaultEnvironment: first }) };
      } catch (error) {
        return { ...base, environments: [], problem: toProblem(error) };
      }
    },
    async others() {
      const own = await Promise.all((await specs().catch(() => [])).map(async (spec) => (await fresh(spec)).project));
      const found = await options.onEngine();
      const foreign = found.filter(({ name }) => !own.includes(name));
      for (const one of foreign) others.set(one.name, one);
      return foreign.map(describeOther);
    },
    async load(id) {
      const other = otherOf(id);
      if (other !== undefined) return loadKnown(options, others, other);
      return fresh(findSpec(await specs(), id));
    },
    loadWith: async (id, variables) => loadAnew(options, await specs(), id, variables),
    async request(id) {
      const other = otherOf(id);
      if (other === undefined) return requestOf(options, findSpec(await specs(), id));
      const known = (await options.onEngine()).find(({ name }) => name === other);
      if (!known) throw gone(other);
      if (known.files.length === 0 || known.directory === undefined) throw filesMissing(known);
      return requestOf({ ...options, directory: known.directory }, specOfOther(known));
    },
    forget: () => {
      memory.clear();
    },
    onChange: (listener) =>
      watchFolder(options.directory, () => {
        memory.clear();
        listener();
      }),
  };
}

type Where = Pick<ProjectFilesOptions, 'directory' | 'selection' | 'env'>;

/** The folder that docker compose would take the files from, asked in this one. */
export async function projectFolder(from: string, env: Where['env']): Promise<string> {
  return nearestProject(from, await composeVariables(from, env));
}

/** Ids of the environments of the folder, without reading their files. */
export async function environmentIds(options: Where): Promise<string[]> {
  return (await findSpecs(options).catch(() => [])).map(({ id }) => id);
}

function findSpec(all: readonly FoundEnvironment[], id: string): FoundEnvironment {
  const spec = all.find((candidate) => candidate.id === id);
  if (spec) return spec;
  throw new QuaysideError('ENVIRONMENT_NOT_FOUND', say`There is no environment named ${id} here.`, {
    remedy: say`Environments of this folder: ${all.map((candidate) => candidate.id).join(', ')}.`,
  });
}

async function loadAnew(
  options: ProjectFilesOptions,
  specs: readonly FoundEnvironment[],
  id: string,
  variables: Readonly<Record<string, string>>,
): Promise<Model> {
  const spec = specs.find((candidate) => candidate.id === id);
  if (!spec) throw unreadable(id);
  const { model, error } = await loadEnvironment(
    { ...options, env: { ...options.env, ...variables } },
    spec,
    undefined,
  );
  if (model) return model;
  throw error;
}

function gone(project: string): QuaysideError {
  return new QuaysideError('ENVIRONMENT_NOT_FOUND', say`Nothing of the project ${project} is on this engine.`, {
    remedy: say`It may have been taken down. Start it from the folder that it comes from.`,
  });
}

function filesMissing({ name, directory, files }: LabelledProject): QuaysideError {
  return new QuaysideError('PROJECT_NOT_FOUND', say`The compose files of ${name} cannot be read here.`, {
    remedy: say`It can be watched, stopped, started, restarted and taken down; to change it, open the folder it comes from.`,
    details: { directory, files: [...files] },
  });
}

function unreadable(id: string): QuaysideError {
  return new QuaysideError('PROJECT_NOT_FOUND', say`The compose files of ${id} are not in this folder.`, {
    remedy: say`Open the folder that it was started from.`,
  });
}

async function findSpecs({ directory, selection, env }: Where): Promise<FoundEnvironment[]> {
  const { envFiles, profiles, projectName } = selection ?? { envFiles: [], profiles: [] };
  const byVariable = (env['COMPOSE_ENV_FILES'] ?? '').split(',').filter((file) => file !== '');
  /** Named by option, by quayside.yml, or by a variable, as docker compose has it. */
  const firstOf = (...lists: readonly (readonly string[])[]): string[] =>
    (lists.find(({ length }) => length > 0) ?? byVariable).map((file) => resolve(directory, file));
  const variables = (): Promise<Where['env']> => composeVariables(directory, env, firstOf(envFiles));
  const found =
    selection && selection.files.length > 0
      ? [chosenFiles(directory, selection)]
      : await findEnvironments(directory, { env: await variables(), parseYaml: parseYamlDocument });
  return found.map((spec) => ({
    ...spec,
    envFiles: firstOf(envFiles, spec.envFiles),
    profiles: profiles.length > 0 ? profiles : spec.profiles,
    ...(projectName === undefined ? {} : { projectName }),
  }));
}

function chosenFiles(directory: string, selection: Selection): FoundEnvironment {
  const { projectDirectory = directory } = selection;
  const files = selection.files.map((file) => resolve(directory, file));
  const fallbackName = basename(projectDirectory);
  return { id: 'default', title: 'Default', files, envFiles: [], profiles: [], fallbackName, projectDirectory };
}

/** What may say which files docker compose takes: the OS environment over the env files, by default the folder's `.env`. */
async function composeVariables(
  directory: string,
  env: Where['env'],
  envFiles: readonly string[] = [],
): Promise<Where['env']> {
  const request = { directory, files: [], envFiles, profiles: [], env };
  // Where it cannot be read, the files of the environment cannot either, and that is told.
  const values = await variablesOf(request).catch(() => undefined);
  return values === undefined ? env : Object.fromEntries(values);
}

function requestOf({ directory, env }: Where, spec: FoundEnvironment): LoadRequest {
  const { files, envFiles, profiles, fallbackName, projectName, projectDirectory = directory } = spec;
  return {
    directory: projectDirectory,
    // Its .env was read to find the files, and is so no more where the OS environment named them.
    startDirectory: spec.byVariable === true && (env['COMPOSE_FILE'] ?? '') === '' ? directory : projectDirectory,
    files,
    envFiles,
    profiles,
    fallbackName,
    env,
    ...(projectName === undefined ? {} : { projectName }),
  };
}

async function loadEnvironment(
  options: ProjectFilesOptions,
  spec: FoundEnvironment,
  lastName: string | undefined,
): Promise<LoadedEnvironment> {
  const { directory, env } = options;
  const { fallbackName, projectName } = spec;
  try {
    const model = await loadModel(requestOf(options, spec));
    return { environment: describe(directory, spec, model.name), project: model.name, model };
  } catch (error) {
    const project = lastName ?? projectName ?? env['COMPOSE_PROJECT_NAME'] ?? normalizeProjectName(fallbackName);
    return { environment: { ...describe(directory, spec, project), problem: toProblem(error) }, project, error };
  }
}

/** A project that is not of this folder, as it is or as it was last seen. */
async function loadKnown(
  options: ProjectFilesOptions,
  others: Map<string, LabelledProject>,
  name: string,
): Promise<LoadedEnvironment> {
  const now = await options.onEngine();
  // One that was taken down in the meantime is still what the page looks at.
  const found = now.find((one) => one.name === name);
  const known = found ?? others.get(name);
  if (!known) throw gone(name);
  others.set(name, known);
  return loadOther(options, known, found ? filesMissing(known) : gone(name));
}

/** Its files where they are on this machine, else what its labels tell. */
async function loadOther(
  options: ProjectFilesOptions,
  project: LabelledProject,
  error: QuaysideError,
): Promise<LoadedEnvironment> {
  const { name, directory = options.directory, files } = project;
  const spec = specOfOther(project);
  if (files.length > 0) {
    const loaded = await loadEnvironment({ ...options, directory }, spec, name);
    if (loaded.model) return loaded;
  }
  const bare = describe(directory, { ...spec, files: [], envFiles: [] }, name);
  return { environment: { ...bare, problem: toProblem(error) }, project: name, error };
}

function specOfOther({ name, files, envFiles }: LabelledProject): FoundEnvironment {
  return { id: idOfOther(name), title: name, files, envFiles, profiles: [], fallbackName: name, projectName: name };
}

function describe(directory: string, spec: FoundEnvironment, project: string): Environment {
  const { id, title, profiles } = spec;
  const files = spec.files.map((file) => shown(directory, file));
  const envFiles = spec.envFiles.map((file) => shown(directory, file));
  const { projectDirectory = directory } = spec;
  const usual = spec.files[0] === undefined || dirname(resolve(directory, spec.files[0])) === projectDirectory;
  const words = [
    'docker compose',
    ...(usual ? [] : [`--project-directory ${shellWord(relative(directory, projectDirectory) || '.')}`]),
    `-p ${project}`,
    ...files.map((file) => `-f ${shellWord(file)}`),
    ...envFiles.map((file) => `--env-file ${shellWord(file)}`),
    ...profiles.map((profile) => `--profile ${shellWord(profile)}`),
  ];
  return {
    id,
    title,
    project,
    files,
    envFiles,
    profiles: [...profiles],
    command: words.join(' '),
  };
}

/** Relative where the file lies in the project folder: that is how people type it. */
function shown(directory: string, file: string): string {
  const path = relative(directory, resolve(directory, file));
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

function watchFolder(directory: string, listener: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  try {
    const watcher = watch(directory, () => {
      clearTimeout(timer);
      timer = setTimeout(listener, settleMs);
    });
    watcher.on('error', () => {
      watcher.close();
    });
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch {
    return () => undefined;
  }
}
