import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Action,
  type ActivityCheck,
  type ActivityPage,
  type ActivityQuery,
  activityQuery,
  type ErrorCode,
  type Hello,
} from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import { currentActor } from './actor.ts';
import type { OperationEnd, OperationLog, Target } from './stack/index.ts';
import type { AccessDeed } from './types.ts';
import { type ActivityLog, createActivityLog, type NewActivity, stateDirectory } from './workspace/index.ts';

/** How long entries are gathered before they are told. */
const coalesceMs = 200;

interface ActivityOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hostKind: Hello['host'];
}

/** What is done is written down here, for every project and engine of this account. */
export interface Activity {
  /** Writes down what concerns the panel and no project of it. */
  access(deed: AccessDeed): Promise<void>;
  list(query: ActivityQuery): Promise<ActivityPage>;
  verify(): Promise<ActivityCheck>;
  /** Yields the newest entries now and whenever there are others, until `signal` aborts. */
  watch(query: ActivityQuery, signal: AbortSignal): AsyncIterable<ActivityPage>;
  /** What the operations on an engine, named by its address, are written down with. */
  operations(engine: string): OperationLog;
  /** Writes down something that is done in one go. */
  note(
    kind: 'recover' | 'reveal' | 'configure' | 'login',
    about: Pick<NewActivity, 'engine' | 'project' | 'environment' | 'summary'>,
  ): Promise<void>;
}

/** These carry words of a build or of a container, which may hold a secret: the code has to do. */
const wordy: ReadonlySet<ErrorCode> = new Set(['BUILD_FAILED', 'HOOK_FAILED', 'SERVICE_UNHEALTHY', 'SERVICE_EXITED']);

export function createActivity({ env, hostKind }: ActivityOptions): Activity {
  let opened: Promise<ActivityLog> | undefined;
  const log = (): Promise<ActivityLog> => (opened ??= open(env));
  const write = async (entry: Omit<NewActivity, 'at' | 'actor' | 'via'>): Promise<void> => {
    await (await log()).append({ at: new Date().toISOString(), ...whoActs(), via: hostKind, ...entry });
  };
  return {
    list: async (query) => (await log()).list(activityQuery.parse(query)),
    verify: async () => (await log()).verify(),
    async *watch(query, signal) {
      const bell = createBell();
      const end = await (await log()).onChange(bell.ring);
      try {
        while (!signal.aborted) {
          yield await (await log()).list(activityQuery.parse(query));
          await bell.next(signal);
          await sleep(coalesceMs, undefined, { signal }).catch(() => undefined);
        }
      } finally {
        end();
      }
    },
    operations: (engine) => ({
      began: ({ id, target, action }) => write({ engine, ...about(id, target, action), phase: 'began' }),
      ended: ({ id, target, action }, end) =>
        write({ engine, ...about(id, target, action), phase: 'ended', ...ending(end) }),
    }),
    access: (deed) =>
      write({ phase: 'ended', operation: '', engine: '', project: '', environment: '', services: [], ...deed }),
    note: (kind, { summary, ...where }) =>
      write({
        kind,
        phase: 'ended',
        operation: '',
        services: [],
        outcome: 'done',
        ...where,
        ...(summary === undefined ? {} : { summary }),
      }),
  };
}

function whoActs(): Pick<NewActivity, 'actor' | 'origin'> {
  const actor = currentActor();
  if (actor === undefined) return { actor: `${userInfo().username}@${hostname()}` };
  return { actor: actor.name, ...(actor.origin === undefined ? {} : { origin: actor.origin }) };
}

async function open(env: ActivityOptions['env']): Promise<ActivityLog> {
  return createActivityLog(join(await stateDirectory(env['QUAYSIDE_STATE_DIR']), 'activity'));
}

function about(operation: string, { project, environment }: Target, action: Action) {
  const target = action.version ?? action.release;
  return {
    kind: action.verb,
    operation,
    project,
    environment,
    services: action.services,
    ...(target === undefined ? {} : { target }),
    ...(action.allowRisks === undefined || action.allowRisks.length === 0 ? {} : { risks: action.allowRisks }),
    ...(action.volumes === undefined ? {} : { volumes: action.volumes }),
  };
}

function ending({ outcome, seconds, problem, summary }: OperationEnd) {
  const quiet = problem !== undefined && wordy.has(problem.code);
  return {
    outcome,
    seconds,
    ...(problem === undefined ? {} : { code: problem.code }),
    ...(quiet ? {} : { summary }),
  };
}
