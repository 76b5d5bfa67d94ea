import {
  type ActivityPage,
  type BuildSummary,
  type EngineState,
  type HealthState,
  type LogFrame,
  type LogStreamQuery,
  type OperationFrame,
  type OtherProject,
  QuaysideError,
  type SettingsView,
  type StackState,
  type StackUsage,
} from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';
import { say } from '#kit/say.ts';
import { guarded as os } from './access.ts';
import { translated, translatedStream } from './errors.ts';
import { framed } from './frames.ts';
import { sentences } from './sentences.ts';

/** The contract with the engine behind it; served by every host, to callers whose role reaches what they ask for. */
export function createRouter(engine: Engine) {
  return os.router({
    system: systemRoutes(engine),
    engine: {
      watch: os.engine.watch.handler(({ signal }) => stream<EngineState>(signal, (ended) => engine.watchEngine(ended))),
    },
    project: projectRoutes(engine),
    stack: stackRoutes(engine),
    health: {
      watch: os.health.watch.handler(({ input, signal }) =>
        stream<HealthState>(signal, (ended) => engine.health.watch(input.environment, ended)),
      ),
    },
    operation: operationRoutes(engine),
    builds: {
      list: os.builds.list.handler(({ input }) => translated(() => engine.builds.list(input.environment))),
      watch: os.builds.watch.handler(({ input, signal }) =>
        stream<BuildSummary[]>(signal, (ended) => engine.builds.watch(input.environment, ended)),
      ),
      get: os.builds.get.handler(({ input }) => translated(() => engine.builds.get(input.environment, input.id))),
    },
    releases: releaseRoutes(engine),
    logs: logsRoutes(engine),
    activity: activityRoutes(engine),
    preflight: { run: os.preflight.run.handler(({ input }) => translated(() => engine.preflight(input.environment))) },
    diagnostics: {
      collect: os.diagnostics.collect.handler(({ input, signal }) =>
        translated(() => engine.diagnostics(input, signal ?? new AbortController().signal)),
      ),
    },
    configuration: configurationRoutes(engine),
    registry: registryRoutes(engine),
    sessions: sessionRoutes,
    settings: settingsRoutes(engine),
    config: {
      show: os.config.show.handler(({ input }) => translated(() => engine.config(input.environment, input.reveal))),
    },
  });
}

function systemRoutes(engine: Engine) {
  return {
    hello: os.system.hello.handler(({ context: { user } }) => translated(() => ({ ...engine.hello(), user }))),
    sentences: os.system.sentences.handler(({ input }) => ({ ...sentences[input.language] })),
  };
}

function stackRoutes(engine: Engine) {
  return {
    get: os.stack.get.handler(({ input }) => translated(() => engine.stack.get(input.environment))),
    watch: os.stack.watch.handler(({ input, signal }) =>
      stream<StackState>(signal, (ended) => engine.stack.watch(input.environment, ended)),
    ),
    plan: os.stack.plan.handler(({ input }) => translated(() => engine.stack.plan(input.environment, input.action))),
    usage: os.stack.usage.handler(({ input, signal }) =>
      stream<StackUsage>(signal, (ended) => engine.stack.usage(input.environment, input.pace, ended)),
    ),
    lastWords: os.stack.lastWords.handler(({ input }) =>
      translated(() => engine.stack.lastWords(input.environment, input.service)),
    ),
  };
}

function logsRoutes(engine: Engine) {
  return {
    check: os.logs.check.handler(({ input }) => translated(() => engine.logs.check(input.filter))),
    counts: os.logs.counts.handler(({ input, signal }) =>
      translated(() => engine.logs.counts(input, signal ?? new AbortController().signal)),
    ),
    newErrors: os.logs.newErrors.handler(({ input }) => translated(() => engine.logs.newErrors(input.environment))),
    export: os.logs.export.handler(({ input, signal }) =>
      translated(() => engine.logs.export(input, signal ?? new AbortController().signal)),
    ),
    read: os.logs.read.handler(({ input, signal }) =>
      translated(() => engine.logs.read(input, signal ?? new AbortController().signal)),
    ),
    stream: os.logs.stream.handler(({ input, signal }) =>
      stream<LogFrame>(signal, (ended) => logFrames(engine, input, ended)),
    ),
  };
}

function operationRoutes(engine: Engine) {
  return {
    start: os.operation.start.handler(({ input }) =>
      translated(() => engine.operations.start(input.environment, input.action)),
    ),
    watch: os.operation.watch.handler(({ input, signal }) =>
      stream<OperationFrame>(signal, (ended) => operationFrames(engine, input.id, ended)),
    ),
    cancel: os.operation.cancel.handler(({ input }) => translated(() => engine.operations.cancel(input.id))),
    list: os.operation.list.handler(({ input }) => translated(() => engine.operations.list(input.environment))),
  };
}

function releaseRoutes(engine: Engine) {
  return {
    list: os.releases.list.handler(({ input }) => translated(() => engine.releases.list(input.environment))),
    remote: os.releases.remote.handler(({ input, signal }) =>
      translated(() => engine.releases.remote(input.environment, signal ?? new AbortController().signal)),
    ),
    verify: os.releases.verify.handler(({ input }) => translated(() => engine.releases.verify(input.environment))),
    compare: os.releases.compare.handler(({ input: { environment, from, to } }) =>
      translated(() => engine.releases.compare(environment, from, to)),
    ),
    recover: os.releases.recover.handler(({ input }) =>
      translated(async () => ({ sentence: await engine.releases.recover(input.environment) })),
    ),
  };
}

function configurationRoutes({ configuration }: Engine) {
  const { configuration: routes } = os;
  return {
    variables: routes.variables.handler(({ input }) => translated(() => configuration.variables(input.environment))),
    reveal: routes.reveal.handler(({ input }) => translated(() => configuration.reveal(input.environment, input.name))),
    text: routes.text.handler(({ input }) =>
      translated(() => configuration.text(input.environment, input.file, input.reveal)),
    ),
    draft: routes.draft.handler(({ input }) => translated(() => configuration.draft(input))),
    save: routes.save.handler(({ input }) => translated(() => configuration.save(input))),
    backups: routes.backups.handler(({ input }) =>
      translated(() => configuration.backups(input.environment, input.file)),
    ),
    form: routes.form.handler(({ input }) => translated(() => configuration.form(input.environment))),
    resolved: routes.resolved.handler(({ input }) => translated(() => configuration.resolved(input.environment))),
    differences: routes.differences.handler(({ input }) =>
      translated(() => configuration.differences(input.environment)),
    ),
  };
}

function projectRoutes(engine: Engine) {
  return {
    get: os.project.get.handler(() => translated(() => engine.project())),
    others: os.project.others.handler(() => translated(() => engine.otherProjects())),
    watchOthers: os.project.watchOthers.handler(({ signal }) =>
      stream<OtherProject[]>(signal, (ended) => engine.watchOtherProjects(ended)),
    ),
    environment: os.project.environment.handler(({ input }) => translated(() => engine.environment(input.environment))),
  };
}

function activityRoutes(engine: Engine) {
  return {
    list: os.activity.list.handler(({ input }) => translated(() => engine.activity.list(input))),
    watch: os.activity.watch.handler(({ input, signal }) =>
      stream<ActivityPage>(signal, (ended) => engine.activity.watch(input, ended)),
    ),
    verify: os.activity.verify.handler(() => translated(() => engine.activity.verify())),
  };
}

const sessionRoutes = {
  list: os.sessions.list.handler(({ context }) => context.sessions?.list() ?? []),
  end: os.sessions.end.handler(({ context, input }) =>
    translated(() => {
      if (context.sessions?.end(input.id) === true) return {};
      throw new QuaysideError('SESSION_NOT_FOUND', say`There is no such session among those that you may end.`, {
        remedy: say`Look at the list again: it may have ended meanwhile.`,
      });
    }),
  ),
};

function registryRoutes({ registry }: Engine) {
  return {
    logins: os.registry.logins.handler(() => translated(() => registry.logins())),
    login: os.registry.login.handler(({ input }) => translated(() => registry.login(input))),
    logout: os.registry.logout.handler(({ input }) => translated(() => registry.logout(input.domain))),
  };
}

function settingsRoutes(engine: Engine) {
  return {
    watch: os.settings.watch.handler(({ signal }) =>
      stream<SettingsView>(signal, (ended) => engine.settings.watch(ended)),
    ),
    set: os.settings.set.handler(({ input }) => translated(() => engine.settings.set(input))),
  };
}

/** The source ends when the caller's signal aborts or when the reader stops reading, whichever comes first. */
async function* stream<T>(
  signal: AbortSignal | undefined,
  open: (ended: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T, void, void> {
  const left = new AbortController();
  const ended = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  try {
    yield* translatedStream(open(ended));
  } finally {
    left.abort();
  }
}

async function* operationFrames(engine: Engine, id: string, ended: AbortSignal): AsyncGenerator<OperationFrame> {
  for await (const events of framed(engine.operations.watch(id, ended))) yield { events, dropped: 0 };
}

async function* logFrames(engine: Engine, query: LogStreamQuery, ended: AbortSignal): AsyncGenerator<LogFrame> {
  for await (const lines of engine.logs.stream(query, ended)) yield { lines: [...lines] };
}
