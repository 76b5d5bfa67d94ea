import { type Hello, toProblem } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { type Activity, createActivity } from './activity.ts';
import { checkBeforeStart } from './before-start.ts';
import { type Builds, createBuilds } from './builds.ts';
import { hashProfileOf, loadModel } from './compose/index.ts';
import { showConfig } from './config-view.ts';
import { createConfiguration, findDifferences } from './configuration/index.ts';
import { withDiagnostics } from './diagnostics-calls.ts';
import { watchEngineState } from './engine-state.ts';
import { createHealthView, type HealthView } from './health-view.ts';
import { readLastWords } from './last-words.ts';
import { createLink, type EngineLink, type LinkOptions } from './link.ts';
import { maskerFor } from './log-masks.ts';
import { streamProject } from './log-stream.ts';
import { checkFilter } from './logs/index.ts';
import { watchOtherProjects } from './other-projects.ts';
import { ownCommand } from './own-command.ts';
import {
  createProjectFiles,
  environmentIds,
  type LoadedEnvironment,
  type ProjectFiles,
  type Selection,
} from './project-files.ts';
import { createRegistryCalls } from './registry-logins.ts';
import { createSessionLogins } from './session-logins.ts';
import { listProjects, type Target } from './stack/index.ts';
import { createStackView, type StackView } from './stack-view.ts';
import type { Engine, LoginKeeper } from './types.ts';
import { createUsageView } from './usage-view.ts';
import { createSettingsStore, stateDirectory } from './workspace/index.ts';

export { projectFolder } from './project-files.ts';

export interface EngineOptions {
  /** Absolute path of the project folder. */
  readonly directory: string;
  /** Files, env files, profiles or project name given by hand. */
  readonly selection?: Selection;
  readonly endpoint: LinkOptions['endpoint'];
  readonly hostKind: Hello['host'];
  /** Version of Quayside. */
  readonly version: string;
  /** The OS environment: interpolation and endpoint resolution read it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where logins to registries are kept; absent = in memory, until the host ends. */
  readonly logins?: LoginKeeper;
}

/** Joins the rooms. Nothing is read and nothing is dialled before the first call. */
export function createEngine(options: EngineOptions): Engine {
  const files = createProjectFiles({ ...options, onEngine: async () => listProjects((await link.get()).gateway) });
  const startedAt = new Date().toISOString();
  const begun = createBell();
  const activity = createActivity(options);
  const { logins = createSessionLogins() } = options;
  const link = lazyLink(options, {
    logins,
    log: (engine) => activity.operations(engine),
    target: async (environment, needsFiles) => ({
      ...targetOf(await files.load(environment), needsFiles),
      own: ownCommand(environment, await environmentIds(options), options.selection),
    }),
    loadWith: (environment, variables) => files.loadWith(environment, variables),
    onOperation: begun.ring,
  });
  const view = createStackView({ files, link: link.get, onOperation: begun.listen });
  const health = createHealthView({
    view,
    link: link.get,
    masker: async (id) => maskerFor((await files.load(id)).model, false),
  });
  const recover = createRecover(files, link.get, activity);
  const configuration = configurationCalls(options, files, link.get, activity);
  const builds = createBuilds({ files, env: options.env });
  const core: Omit<Engine, 'diagnostics'> = {
    hello: () => ({ version: options.version, host: options.hostKind, startedAt }),
    watchEngine: (signal) => watchEngineState(link.get, signal),
    project: () => files.project(),
    otherProjects: () => files.others(),
    watchOtherProjects: (signal) => watchOtherProjects(() => files.others(), link.get, signal),
    environment: async (id) => (await files.load(id)).environment,
    stack: stackCalls(view, health, files, link.get),
    health: { watch: (environment, signal) => health.watch(environment, signal) },
    operations: operationCalls(link.get, recover, builds),
    builds,
    releases: releaseCalls(link.get, recover),
    activity,
    logs: logCalls(files, link.get),
    preflight: preflightCall(options, files, link.get, configuration),
    config: configCall(files, link.get, activity),
    configuration,
    registry: registryCalls(logins, link.get, activity),
    settings: createSettingsStore(() => stateDirectory(options.env['QUAYSIDE_STATE_DIR'])),
    resume: () => resume(files, recover),
    async dispose() {
      health.dispose();
      await link.dispose();
      await builds.settled();
    },
  };
  return withDiagnostics(core, { ...options, files, link: link.get });
}

/** Tells whoever listens in which environment an operation began. */
function createBell(): {
  readonly ring: (environment: string) => void;
  readonly listen: (listener: (environment: string) => void) => () => void;
} {
  const listeners = new Set<(environment: string) => void>();
  return {
    ring(environment) {
      for (const listener of listeners) listener(environment);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function stackCalls(
  view: StackView,
  health: HealthView,
  files: ProjectFiles,
  link: () => Promise<EngineLink>,
): Engine['stack'] {
  const usage = createUsageView(files, link);
  return {
    get: (environment) => view.get(environment),
    watch(environment, signal) {
      health.begin(environment);
      return view.watch(environment, signal);
    },
    plan: async (environment, action) => (await link()).operations.plan(environment, action),
    usage: (environment, pace, signal) => usage.watch(environment, pace, signal),
    lastWords: async (environment, service) => readLastWords(files, await link(), environment, service),
  };
}

function registryCalls(keeper: LoginKeeper, link: () => Promise<EngineLink>, activity: Activity): Engine['registry'] {
  return createRegistryCalls({
    keeper,
    gateway: async () => (await link()).gateway,
    note: (engine, summary) => activity.note('login', { engine, project: '', environment: '', summary }),
  });
}

function configCall(files: ProjectFiles, link: () => Promise<EngineLink>, activity: Activity): Engine['config'] {
  return async (environment, reveal) => {
    const shown = await showConfig(files, link, environment, reveal);
    const { project } = await files.load(environment);
    if (reveal) await activity.note('reveal', { engine: '', project, environment });
    return shown;
  };
}

function preflightCall(
  { directory }: EngineOptions,
  files: ProjectFiles,
  link: () => Promise<EngineLink>,
  configuration: Engine['configuration'],
): Engine['preflight'] {
  const variables = (environment: string) => configuration.variables(environment);
  return (environment) => checkBeforeStart({ files, link, directory, variables }, environment);
}

function configurationCalls(
  { env }: EngineOptions,
  files: ProjectFiles,
  link: () => Promise<EngineLink>,
  activity: Activity,
): Engine['configuration'] {
  const configuration = createConfiguration({
    request: (environment) => files.request(environment),
    saved: () => {
      files.forget();
    },
    state: () => stateDirectory(env['QUAYSIDE_STATE_DIR']),
    async note(kind, environment, summary) {
      const { project } = await files.load(environment);
      await activity.note(kind, { engine: '', project, environment, summary });
    },
    profile: async () => (await link()).composeVersion().then(hashProfileOf),
  });
  return {
    ...configuration,
    async differences(environment) {
      const model = await loadModel(await files.request(environment));
      return findDifferences((await link()).gateway, model);
    },
  };
}

/** What is written down is followed to its end. */
const never = new AbortController().signal;

type Recover = Engine['releases']['recover'];

/** What a crash cut off is put right, and that is written down. */
function createRecover(files: ProjectFiles, link: () => Promise<EngineLink>, activity: Activity): Recover {
  return async (environment) => {
    const { releases, gateway } = await link();
    const summary = await releases.recover(environment);
    if (summary === undefined) return undefined;
    const { project } = await files.load(environment);
    // It is put right, whether or not that can be written down.
    const about = { engine: gateway.endpoint.url, project, environment, summary };
    await activity.note('recover', about).catch(() => undefined);
    return summary;
  };
}

async function resume(files: ProjectFiles, recover: Recover): Promise<string[]> {
  const { environments } = await files.project();
  const told: string[] = [];
  for (const { id } of environments) {
    try {
      const sentence = await recover(id);
      if (sentence !== undefined) told.push(sentence);
    } catch (error) {
      told.push(say`A release of ${id} was cut off and could not be put right yet: ${toProblem(error).message}`);
    }
  }
  return told;
}

function operationCalls(link: () => Promise<EngineLink>, recover: Recover, builds: Builds): Engine['operations'] {
  return {
    async start(environment, action) {
      const { operations } = await link();
      // What a crash left half swapped is put right before anything else is done to it.
      if (action.verb !== 'deploy' && action.verb !== 'rollback') await recover(environment);
      const started = await operations.start(environment, action);
      builds.follow(environment, operations.watch(started.id, never));
      return started;
    },
    async *watch(id, signal) {
      yield* (await link()).operations.watch(id, signal);
    },
    cancel: async (id) => (await link()).operations.cancel(id),
    list: async (environment) => (await link()).operations.list(environment),
  };
}

function releaseCalls(link: () => Promise<EngineLink>, recover: Recover): Engine['releases'] {
  return {
    list: async (environment) => (await link()).releases.list(environment),
    remote: async (environment, signal) => (await link()).releases.remote(environment, signal),
    verify: async (environment) => (await link()).releases.verify(environment),
    compare: async (environment, from, to) => (await link()).releases.compare(environment, from, to),
    recover,
  };
}

function logCalls(files: ProjectFiles, link: () => Promise<EngineLink>): Engine['logs'] {
  return {
    check: (filter) => checkFilter(filter),
    async counts(query, signal) {
      const { project } = await files.load(query.environment);
      return (await link()).logs(project).counts(query, signal);
    },
    async newErrors(environment) {
      const { project, model } = await files.load(environment);
      return (await link()).logs(project).newErrors(maskerFor(model, false));
    },
    async read(query, signal) {
      const { project, model } = await files.load(query.environment);
      return (await link()).logs(project).read(query, signal, maskerFor(model, query.reveal));
    },
    async export({ environment, filter, id }, signal) {
      const { project, model } = await files.load(environment);
      return (await link()).logs(project).export({ filter, id }, signal, maskerFor(model, false));
    },
    async *stream(query, signal) {
      const { project, model } = await files.load(query.environment);
      yield* streamProject(await link(), project, query, signal, maskerFor(model, query.reveal));
    },
  };
}

interface LazyLink {
  readonly get: () => Promise<EngineLink>;
  dispose(): Promise<void>;
}

/** Made on first use, and again after a failure: a context may be mended while the panel is open. */
function lazyLink(
  { endpoint, env, version }: EngineOptions,
  parts: Pick<LinkOptions, 'target' | 'loadWith' | 'log' | 'onOperation' | 'logins'>,
): LazyLink {
  let made: Promise<EngineLink> | undefined;
  return {
    async get() {
      made ??= createLink({ endpoint, env, version, ...parts });
      try {
        return await made;
      } catch (error) {
        made = undefined;
        throw error;
      }
    },
    async dispose() {
      const current = await made?.catch(() => undefined);
      await current?.dispose();
    },
  };
}

function targetOf({ environment, project, model, error }: LoadedEnvironment, needsFiles: boolean): Target {
  if (!model && needsFiles) throw error;
  return { environment: environment.id, project, command: environment.command, ...(model ? { model } : {}) };
}
