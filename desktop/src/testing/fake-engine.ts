import {
  type Action,
  defaultSettings,
  type LogPage,
  type LogQuery,
  type OperationEvent,
  type OperationSummary,
  QuaysideError,
  type RegistryLogins,
  type StackState,
} from '#contract/index.ts';
import type { Engine } from '#engine/types.ts';

/** Moment at which everything in the fake happens. */
export const fakeTime = '2026-01-02T03:04:05.678Z';

/** What a test may look at and turn while the fake serves. */
export interface FakeEngine extends Engine {
  /** Streams that have begun and not yet ended. */
  readonly openStreams: () => number;
  /** Sends another state to everyone who watches the stack. */
  readonly push: (sentence: string) => void;
  /** What `operations.watch` yields, as fast as it is read. */
  readonly events: OperationEvent[];
  /** How many of them have been read, over all watchers. */
  readonly eventsRead: () => number;
  /** Where set, `project()` throws it. */
  failure: unknown;
  /** Where set, `preflight()` answers with this, whatever it is. */
  wrongAnswer: unknown;
}

/** An Engine without Docker behind it: fixed answers, streams that the test drives. */
export function createFakeEngine(directory = '/srv/shop'): FakeEngine {
  const listeners = new Set<(state: StackState) => void>();
  const events: OperationEvent[] = [];
  let open = 0;
  let eventsRead = 0;
  let current = stackOf('development', 'nothing runs');

  async function* counted<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
    open += 1;
    try {
      yield* source;
    } finally {
      open -= 1;
    }
  }

  const fake: FakeEngine = {
    openStreams: () => open,
    push(sentence) {
      current = stackOf('development', sentence);
      for (const listener of listeners) listener(current);
    },
    events,
    eventsRead: () => eventsRead,
    failure: undefined,
    wrongAnswer: undefined,
    hello: () => ({ version: '0.0.0', host: 'test', startedAt: fakeTime }),
    watchEngine: (signal) => counted(latest(engineState, () => () => undefined, signal)),
    otherProjects: () => Promise.resolve([]),
    watchOtherProjects: (signal) => counted(latest([], () => () => undefined, signal)),
    environment: () => Promise.reject(new Error('there is none')),
    project() {
      if (fake.failure !== undefined) return Promise.reject(asError(fake.failure));
      return Promise.resolve({
        directory,
        name: directory.split('/').at(-1) ?? '',
        environments: [
          {
            id: 'development',
            title: 'Development',
            project: 'shop-dev',
            files: ['docker-compose.dev.yml'],
            envFiles: [],
            profiles: [],
            command: 'docker compose -f docker-compose.dev.yml',
          },
        ],
        defaultEnvironment: 'development',
      });
    },
    stack: {
      get: (environment) => Promise.resolve(stackOf(environment, 'nothing runs')),
      watch: (_environment, signal) =>
        counted(
          latest(
            current,
            (listener) => {
              listeners.add(listener);
              return () => listeners.delete(listener);
            },
            signal,
          ),
        ),
      plan: (environment, action) => Promise.resolve(planOf(environment, action)),
      usage: (_environment, _pace, signal) =>
        counted(latest({ environment: '', at: '', everySeconds: 5, services: [] }, () => () => undefined, signal)),
      lastWords: () => Promise.resolve({ lines: [] }),
    },
    operations: {
      start: (environment, { verb }) => Promise.resolve(summary(environment, verb)),
      watch: () => counted(from(events, () => (eventsRead += 1))),
      cancel: (id) =>
        Promise.reject(
          new QuaysideError('OPERATION_NOT_FOUND', `No operation ${id}.`, { remedy: 'Look at the list.' }),
        ),
      list: (environment) => Promise.resolve([summary(environment, 'up')]),
    },
    builds: {
      list: () => Promise.resolve([]),
      watch: (_environment, signal) => counted(latest([], () => () => undefined, signal)),
      get: () => Promise.reject(new Error('the fake builds nothing')),
    },
    health: {
      watch: (_environment, signal) =>
        counted(
          latest(
            { environment: 'development', at: fakeTime, since: fakeTime, services: [] },
            () => () => undefined,
            signal,
          ),
        ),
    },
    releases: {
      list: () => Promise.resolve([]),
      remote: () => Promise.resolve({ releases: [], more: 0, others: [] }),
      verify: () => Promise.reject(new QuaysideError('RELEASE_NOT_FOUND', 'No release is recorded.')),
      compare: () => Promise.reject(new QuaysideError('RELEASE_NOT_FOUND', 'No release is recorded.')),
      recover: () => Promise.resolve(undefined),
    },
    logs: {
      check: () => ({}),
      counts: () => Promise.resolve({ step: 60, start: 0, steps: 0, filled: [], total: 0 }),
      newErrors: () => Promise.resolve({ kinds: [], total: 0, full: false }),
      read: (query) => Promise.resolve(pageOf(query)),
      export: () => Promise.resolve({ lines: [], missing: false }),
      stream: () => counted(from([], () => undefined)),
    },
    activity: {
      list: () => Promise.resolve({ entries: [], more: false }),
      verify: () => Promise.resolve({ ok: true, entries: 0, cutOff: 0, faults: [] }),
      access: () => Promise.resolve(),
      watch: (_query, signal) => counted(latest({ entries: [], more: false }, () => () => undefined, signal)),
    },
    preflight: (environment) =>
      Promise.resolve(
        fake.wrongAnswer === undefined ? { environment, ok: true, findings: [] } : (fake.wrongAnswer as never),
      ),
    config: () => Promise.resolve({ json: '{}', yaml: '', warnings: [], hashes: {} }),
    diagnostics: () => Promise.resolve({ name: 'quayside-diagnostics', at: fakeTime, files: [] }),
    configuration: createFakeConfiguration(),
    registry: {
      logins: () => Promise.resolve(noLogins),
      login: () => Promise.resolve(noLogins),
      logout: () => Promise.resolve(noLogins),
    },
    settings: {
      set: (change) => Promise.resolve({ settings: { ...defaultSettings, ...change } }),
      watch: (signal) => counted(latest({ settings: defaultSettings }, () => () => undefined, signal)),
    },
    resume: () => Promise.resolve([]),
    dispose: () => Promise.resolve(),
  };
  return fake;
}

const noLogins: RegistryLogins = { logins: [], keeping: { lasts: 'session' } };

function createFakeConfiguration(): Engine['configuration'] {
  const refused = () => Promise.reject(new QuaysideError('FILE_REFUSED', 'There is no env file here.'));
  return {
    variables: () => Promise.resolve({ variables: [], files: [], target: '.env' }),
    reveal: refused,
    text: refused,
    draft: refused,
    save: refused,
    backups: () => Promise.resolve([]),
    form: refused,
    resolved: () => Promise.resolve({ lines: [], warnings: [] }),
    differences: () => Promise.resolve([]),
  };
}

const engineState = {
  state: 'connected',
  since: fakeTime,
  endpoint: 'unix:///var/run/docker.sock',
  source: 'test',
} as const;

function stackOf(environment: string, sentence: string): StackState {
  return {
    environment,
    project: 'shop-dev',
    at: fakeTime,
    engine: engineState,
    condition: 'empty',
    sentence,
    services: [],
    orphans: [],
  };
}

function planOf(environment: string, { verb }: Action) {
  return {
    environment,
    project: 'shop-dev',
    verb,
    steps: [],
    warnings: [],
    keeps: [],
    command: `docker compose ${verb}`,
  };
}

function summary(environment: string, verb: Action['verb']): OperationSummary {
  return { id: 'op-1', environment, verb, startedAt: fakeTime, outcome: 'running' };
}

function pageOf(query: LogQuery): LogPage {
  const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
  return { lines: [], cursor: query.after ?? 0, dropped: 0, held: 0, counts, more: false };
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

async function* from<T>(items: readonly T[], onRead: () => void): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    onRead();
    yield item;
  }
}

/** The value now, then the newest value on each change: what a slow reader misses in between is gone, as in the core. */
async function* latest<T>(
  first: T,
  subscribe: (listener: (value: T) => void) => () => unknown,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let pending: T[] = [first];
  let wake = (): void => undefined;
  const onAbort = (): void => {
    wake();
  };
  const unsubscribe = subscribe((value) => {
    pending = [value];
    wake();
  });
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const value = pending.shift();
      if (value !== undefined) {
        yield value;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    unsubscribe();
  }
}
