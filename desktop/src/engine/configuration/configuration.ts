import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EnvBackup,
  type EnvChangeRequest,
  type EnvDraft,
  type EnvForm,
  type EnvSaved,
  type EnvText,
  QuaysideError,
  type ResolvedModel,
  toProblem,
  type VariablesView,
} from '#contract/index.ts';
import {
  type HashProfile,
  type LoadRequest,
  readEnvEntries,
  type TracedLoad,
  traceModel,
} from '#engine/compose/index.ts';
import { withFileLock } from '#engine/workspace/index.ts';
import { say } from '#kit/say.ts';
import { isSecretName } from '#kit/secret-name.ts';
import { type Worked, workOut } from './draft.ts';
import { describeFile, type NamedEnvFile, namedEnvFiles, readEnvFile } from './env-files.ts';
import { maskEnvText } from './env-text/mask.ts';
import { readExample } from './example.ts';
import { resolvedLines } from './resolved.ts';
import { shownFile } from './shown-file.ts';
import { type Backups, createBackups } from './store/backups.ts';
import { assertChangeable } from './store/path-policy.ts';
import { assertRevision, readIfThere, removeFile, replaceFile } from './store/replace-file.ts';
import { revisionOf } from './store/revision.ts';
import { describeVariables, type VariableFacts, valueNow } from './variables.ts';

/** What the room needs of the others. */
export interface ConfigurationDeps {
  /** What the files of an environment are loaded with. Throws ENVIRONMENT_NOT_FOUND, PROJECT_NOT_FOUND where they are not here. */
  readonly request: (environment: string) => Promise<LoadRequest>;
  /** A file was saved: what was loaded before is old. */
  readonly saved: () => void;
  /** Writes down what was looked at or changed; never a value. */
  readonly note: (kind: 'reveal' | 'configure', environment: string, summary: string) => Promise<void>;
  /** The folder for state. */
  readonly state: () => Promise<string>;
  readonly profile: () => Promise<HashProfile>;
}

/** Variables and env files of the environments. Every method may throw ENVIRONMENT_NOT_FOUND. */
export interface Configuration {
  variables(environment: string): Promise<VariablesView>;
  /** The value of one variable as it is; written down first. Throws USAGE where it has none. */
  reveal(environment: string, name: string): Promise<{ value: string }>;
  text(environment: string, file: string, reveal: boolean): Promise<EnvText>;
  draft(request: EnvChangeRequest): Promise<EnvDraft>;
  /** Throws FILE_CHANGED, FILE_REFUSED, FILE_UNWRITABLE, and COMPOSE_INVALID where the draft has problems. */
  save(request: EnvChangeRequest): Promise<EnvSaved>;
  backups(environment: string, file: string): Promise<EnvBackup[]>;
  /** The example as a form. Throws USAGE where there is none. */
  form(environment: string): Promise<EnvForm>;
  resolved(environment: string): Promise<ResolvedModel>;
}

/** One environment as its files are now. */
interface Opened {
  readonly request: LoadRequest;
  readonly loaded: TracedLoad;
  readonly facts: VariableFacts;
}

export function createConfiguration(deps: ConfigurationDeps): Configuration {
  const backups = createBackups(deps.state);
  const open = async (environment: string): Promise<Opened> => openFiles(await deps.request(environment));
  return {
    variables: async (environment) => viewOf(await open(environment)),
    async reveal(environment, name) {
      const { facts } = await open(environment);
      const value = valueNow(facts, name);
      if (value === undefined) throw usage(say`${name} has no value.`, say`Look at the list of variables again.`);
      await deps.note('reveal', environment, say`The value of ${name}`);
      return { value };
    },
    async text(environment, file, reveal) {
      const { request, facts } = await open(environment);
      const found = fileNamed(request, facts, file);
      const read = facts.files.find(({ path }) => path === found.path);
      const text = read?.text ?? '';
      const shown = maskEnvText(text, (one) => readEnvEntries(found.path, one, () => '', found.format));
      if (reveal) await deps.note('reveal', environment, say`The file ${file}`);
      return {
        file,
        text: reveal ? text : shown.text,
        masked: reveal ? 0 : shown.count,
        revision: revisionOf(read?.content),
      };
    },
    draft: async ({ environment, file, change, revision }) => {
      const opened = await open(environment);
      const named = fileNamed(opened.request, opened.facts, file);
      const content = await readIfThere(named.path);
      const { told } = await worked(opened, named, content, change, backups);
      const now = revisionOf(content);
      return { file, revision: now, conflict: now !== revision, ...told };
    },
    save: (request) => save(deps, backups, open, request),
    async backups(environment, file) {
      const { request, facts } = await open(environment);
      return backups.list(fileNamed(request, facts, file).path);
    },
    form: async (environment) => formOf(await open(environment)),
    async resolved(environment) {
      const { loaded } = await open(environment);
      if (!loaded.model) throw loaded.error;
      return resolvedLines(loaded.model, loaded.trace, await deps.profile());
    },
  };
}

async function openFiles(request: LoadRequest): Promise<Opened> {
  const loaded = await traceModel(request);
  const lookup = (name: string): string | undefined => request.env[name] ?? loaded.trace.environment.get(name);
  const named = namedEnvFiles(request, loaded.trace);
  const files = await Promise.all(named.map((file) => readEnvFile(file, lookup)));
  const example = await readExample(request.directory);
  const { directory, env } = request;
  const whole = loaded.model !== undefined;
  return { request, loaded, facts: { directory, process: env, trace: loaded.trace, files, example, whole } };
}

async function viewOf({ request, loaded, facts }: Opened): Promise<VariablesView> {
  const files = await Promise.all(facts.files.map((file) => describeFile(request.directory, file)));
  const target = files.findLast(({ role }) => role === 'project')?.file ?? '.env';
  const variables = describeVariables(facts);
  return {
    variables,
    files,
    target,
    ...(facts.example ? { example: facts.example.name } : {}),
    ...(loaded.error === undefined ? {} : { problem: toProblem(loaded.error) }),
  };
}

function fileNamed({ directory }: LoadRequest, { files }: VariableFacts, wanted: string): NamedEnvFile {
  const found = files.find(({ path }) => shownFile(directory, path) === wanted);
  if (found) return found;
  throw new QuaysideError('FILE_REFUSED', say`${wanted} is no env file of this environment.`, {
    remedy: say`Its env files: ${files.map(({ path }) => shownFile(directory, path)).join(', ')}.`,
  });
}

function worked(
  { request, loaded, facts }: Opened,
  file: NamedEnvFile,
  content: Buffer | undefined,
  change: EnvChangeRequest['change'],
  backups: Backups,
): Promise<Worked> {
  const backup = async (id: string): Promise<string | undefined> =>
    (await backups.read(file.path, id))?.toString('utf8');
  const text = content?.toString('utf8');
  return workOut({ request, file, text, before: loaded, example: facts.example, backup }, change);
}

async function save(
  deps: ConfigurationDeps,
  backups: Backups,
  open: (environment: string) => Promise<Opened>,
  { environment, file, change, revision }: EnvChangeRequest,
): Promise<EnvSaved> {
  const opened = await open(environment);
  const named = fileNamed(opened.request, opened.facts, file);
  return locked(deps, named.path, async () => {
    await assertChangeable(named.path, opened.request.directory);
    const content = await assertRevision(named.path, revision);
    const { text, told } = await worked(opened, named, content, change, backups);
    const [problem] = told.problems;
    if (problem) {
      const { message, remedy = say`Correct it, and save again.` } = problem;
      throw new QuaysideError('COMPOSE_INVALID', say`${file} was not saved: ${message}`, { remedy });
    }
    const names = told.changes.map(({ name }) => name);
    const backup = await backups.keep(named.path, content, names);
    const saved = await (text === undefined
      ? removeFile(named.path, revision)
      : replaceFile(named.path, text, revision));
    deps.saved();
    await deps.note('configure', environment, summaryOf(file, told.changes, text === undefined));
    return { file, revision: saved, changes: told.changes, backup, services: told.services };
  });
}

/** One at a time on one file, whichever process of this account it is. */
async function locked<T>(deps: ConfigurationDeps, path: string, work: () => Promise<T>): Promise<T> {
  const folder = join(await deps.state(), 'env-backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(path).digest('hex').slice(0, 24);
  return withFileLock(join(folder, `${name}.lock`), work);
}

function summaryOf(file: string, changes: EnvSaved['changes'], removed: boolean): string {
  const named = (kind: EnvSaved['changes'][number]['kind']): string =>
    changes
      .filter((one) => one.kind === kind)
      .map(({ name }) => name)
      .join(', ');
  const [changed, added, gone] = [named('changed'), named('added'), named('removed')];
  const words = [
    ...(removed ? [say`the file removed`] : []),
    ...(changed === '' ? [] : [say`${changed} changed`]),
    ...(added === '' ? [] : [say`${added} added`]),
    ...(gone === '' ? [] : [say`${gone} removed`]),
  ];
  return `${file}: ${words.length === 0 ? say`comments or order changed` : words.join('; ')}`;
}

function formOf({ request, facts }: Opened): EnvForm {
  const { example } = facts;
  if (!example) throw usage(say`There is no example file in this folder.`, say`Add variables one by one.`);
  const view = describeVariables(facts);
  const file = namedEnvFiles(request, facts.trace).findLast(({ role }) => role === 'project');
  return {
    file: file ? shownFile(request.directory, file.path) : '.env',
    example: example.name,
    fields: example.variables.map(({ name, value, description, optional }) => ({
      name,
      value,
      ...(description === undefined ? {} : { description }),
      secret: isSecretName(name),
      optional,
      required: view.find((one) => one.name === name)?.required ?? false,
    })),
  };
}

function usage(message: string, remedy: string): QuaysideError {
  return new QuaysideError('USAGE', message, { remedy });
}
