import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BuildRecord,
  type BuildSummary,
  keptBuilds,
  type OperationEvent,
  QuaysideError,
} from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import { say } from '#kit/say.ts';
import type { ProjectFiles } from './project-files.ts';
import { createBuildRecorder } from './stack/index.ts';
import { type BuildStore, createBuildStore, stateDirectory } from './workspace/index.ts';

/** How long changes are gathered before the list is told anew, in milliseconds. */
const coalesceMs = 100;

interface BuildsDeps {
  readonly files: ProjectFiles;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The builds that were made from this account, by environment. */
export interface Builds {
  list(environment: string): Promise<BuildSummary[]>;
  /** Yields the list now and whenever another build has been written down, by whichever process, until `signal` aborts. */
  watch(environment: string, signal: AbortSignal): AsyncIterable<BuildSummary[]>;
  /** Throws OPERATION_NOT_FOUND. */
  get(environment: string, id: string): Promise<BuildRecord>;
  /** Writes down the builds of an operation as they end; what cannot be written down stops nothing. */
  follow(environment: string, events: AsyncIterable<OperationEvent>): void;
  /** Resolves when all that was followed has been written down. */
  settled(): Promise<void>;
}

export function createBuilds({ files, env }: BuildsDeps): Builds {
  const following = new Set<Promise<void>>();
  const store = async (environment: string): Promise<BuildStore> => {
    const { project } = await files.load(environment);
    return createBuildStore(await stateDirectory(env['QUAYSIDE_STATE_DIR']), project, environment);
  };
  const record = async (environment: string, events: AsyncIterable<OperationEvent>): Promise<void> => {
    const recorder = createBuildRecorder();
    for await (const event of events) for (const one of recorder.take(event)) await (await store(environment)).add(one);
  };
  return {
    list: async (environment) => (await store(environment)).list(),
    async *watch(environment, signal) {
      const bell = createBell();
      const from = await store(environment);
      const end = await from.onChange(bell.ring);
      try {
        while (!signal.aborted) {
          yield await from.list();
          await bell.next(signal);
          await sleep(coalesceMs, undefined, { signal }).catch(() => undefined);
        }
      } finally {
        end();
      }
    },
    async get(environment, id) {
      const found = await (await store(environment)).get(id);
      if (found !== undefined) return found;
      throw new QuaysideError('OPERATION_NOT_FOUND', say`There is no build ${id} here.`, {
        remedy: say`The ${keptBuilds} newest builds of an environment are kept. Choose another one.`,
      });
    },
    follow(environment, events) {
      const done = record(environment, events).catch(() => undefined);
      following.add(done);
      void done.then(() => following.delete(done));
    },
    async settled() {
      await Promise.all(following);
    },
  };
}
