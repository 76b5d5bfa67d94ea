import type { EngineState, LogLine } from '#contract/index.ts';
import { configYaml, hashProfileOf } from './compose/index.ts';
import { maskedModel } from './configuration/index.ts';
import { collect, type DiagnosticsSources, type Hidden } from './diagnostics/index.ts';
import { knownSecrets } from './known-secrets.ts';
import type { EngineLink } from './link.ts';
import type { ProjectFiles, Selection } from './project-files.ts';
import type { Engine } from './types.ts';
import { newestKnownCompose } from './workspace/index.ts';

/** What a bundle needs besides what every host can ask for. */
interface DiagnosticsDeps {
  readonly files: ProjectFiles;
  readonly link: () => Promise<EngineLink>;
  readonly directory: string;
  readonly selection?: Selection | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Gives a core the call that gathers what all its others tell. */
export function withDiagnostics(core: Omit<Engine, 'diagnostics'>, deps: DiagnosticsDeps): Engine {
  const sources = sourcesOf(core, deps);
  return { ...core, diagnostics: (query, signal) => collect(sources, query, signal) };
}

function sourcesOf(core: Omit<Engine, 'diagnostics'>, deps: DiagnosticsDeps): DiagnosticsSources {
  const { files, link, directory } = deps;
  const composeVersion = async (): Promise<string> => (await link()).composeVersion();
  return {
    hello: () => core.hello(),
    engineState: (signal) => stateOf(core, signal),
    async machine() {
      const { gateway } = await link();
      return { ...(await gateway.info()), ...(await gateway.machine()) };
    },
    composeVersion,
    project: () => core.project(),
    environment: (id) => core.environment(id),
    directory: async (id) => (await files.load(id)).model?.directory ?? directory,
    stack: (id) => core.stack.get(id),
    plan: (id) => core.stack.plan(id, { verb: 'up', services: [] }),
    preflight: (id) => core.preflight(id),
    async model(id) {
      const { model, error } = await files.load(id);
      if (!model) throw error;
      // The engine may be what is broken.
      const version = await composeVersion().catch(() => newestKnownCompose);
      return configYaml(maskedModel(model), hashProfileOf(version));
    },
    variables: (id) => core.configuration.variables(id),
    differences: (id) => core.configuration.differences(id),
    releases: (id) => core.releases.list(id),
    builds: (id) => core.builds.list(id),
    build: (environment, id) => core.builds.get(environment, id),
    activity: (project) => core.activity.list({ limit: 100, ...(project === undefined ? {} : { project }) }),
    settings: async () => ({ ...(await chosen(core)), ...setUp(deps) }),
    logs: (id, service, lines, signal) => lastLines(core, id, service, lines, signal),
    hidden: (id) => hiddenOf(deps, id),
  };
}

/** Waits until it is known whether an engine answers. */
async function stateOf(core: Pick<Engine, 'watchEngine'>, signal: AbortSignal): Promise<EngineState> {
  const enough = new AbortController();
  let last: EngineState | undefined;
  for await (const state of core.watchEngine(AbortSignal.any([signal, enough.signal]))) {
    last = state;
    if (state.state !== 'connecting') break;
  }
  enough.abort();
  signal.throwIfAborted();
  if (last === undefined) throw new Error('Nothing is known of the engine yet.');
  return last;
}

/** What was chosen for the panel. */
async function chosen({ settings }: Pick<Engine, 'settings'>): Promise<object> {
  for await (const view of settings.watch(new AbortController().signal)) return view;
  return {};
}

/** What was chosen by options and by variables of Quayside and of Docker. */
function setUp({ selection, env }: DiagnosticsDeps): object {
  const named = Object.entries(env).filter(([name]) => /^(QUAYSIDE|DOCKER|COMPOSE|BUILDKIT|BUILDX)_/.test(name));
  return { options: selection ?? {}, variables: Object.fromEntries(named) };
}

function lastLines(
  core: Pick<Engine, 'logs'>,
  environment: string,
  service: string,
  tail: number,
  signal: AbortSignal,
): AsyncIterable<readonly LogLine[]> {
  const filter = { services: [service], levels: [], search: '' };
  return core.logs.stream({ environment, filter, follow: false, tail, reveal: false }, signal);
}

async function hiddenOf({ files, link, env }: DiagnosticsDeps, id: string | undefined): Promise<Hidden> {
  const gateway = async () => (await link()).gateway;
  if (id === undefined) return knownSecrets({ env, gateway });
  const { model, project } = await files.load(id);
  const request = await files.request(id).catch(() => undefined);
  return knownSecrets({ env, model, project, request, gateway });
}
