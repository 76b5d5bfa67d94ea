import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ActivityEntry, type StackState, verb } from '#contract/index.ts';
import type { Core } from '../core.ts';
import { follow } from '../follow.ts';
import type { OperationEntry, OperationSlice } from '../operation.ts';
import type { PreferencesSlice } from '../preferences.ts';
import type { StackSlice } from '../stack.ts';
import { nextDue, reduceNotices } from './notices-reducer.ts';
import { type NoticedAction, type NoticesEvent, type NoticesState, noNotices } from './notices-state.ts';

/** What the reader looks at. */
interface Sight {
  readonly environment: string | undefined;
  /** Path of the page. */
  readonly page: string;
}

export interface NoticesSlice extends NoticesState {
  readonly dismiss: (id: number) => void;
  readonly markRead: () => void;
  readonly clear: () => void;
  /** Keeps what is shown over the page while the reader is at it. */
  readonly hold: (held: boolean) => void;
  readonly look: (sight: Sight) => void;
  /** Hears of what other processes do to a compose project, until the returned function is called. */
  readonly watch: (environment: string, project: string) => () => void;
}

interface Sources {
  stack: StoreApi<StackSlice>;
  operation: StoreApi<OperationSlice>;
  preferences: StoreApi<PreferencesSlice>;
}

type Tell = (event: NoticesEvent) => void;

const lookedBack = 20;
/** An end that is older than this when it is heard of is no news. */
const freshMs = 60_000;

const isUnderWay = (entry: OperationEntry | undefined): boolean =>
  entry?.ordering === true || (entry?.view !== undefined && entry.view.end === undefined);

function seesStack(tell: Tell, operation: OperationEntry | undefined, stack: StackState): void {
  if (stack.operation !== undefined) tell({ type: 'known', operation: stack.operation });
  if (stack.engine.state !== 'connected' || stack.condition === 'unknown') return;
  const busy = stack.operation !== undefined || isUnderWay(operation);
  tell({ type: 'seen', environment: stack.environment, services: stack.services, busy });
}

/** Whether the reader ordered it and has it before them: the Stack page shows every operation, Releases its own kinds. */
function isInSight({ environment, page }: Sight, entry: OperationEntry): boolean {
  const { view, own, ordering } = entry;
  if (view === undefined || view.environment !== environment) return false;
  if (own !== view.id && ordering !== true) return false;
  const ofRelease = view.action.verb === 'deploy' || view.action.verb === 'rollback';
  return page === '/stack' || (page === '/releases' && ofRelease);
}

function seesOperation(tell: Tell, sight: Sight, entry: OperationEntry, before: OperationEntry | undefined): void {
  const { view } = entry;
  if (view === undefined) return;
  if (before?.view?.id !== view.id) tell({ type: 'known', operation: view.id });
  if (view.end === undefined || (before?.view?.id === view.id && before.view.end !== undefined)) return;
  if (Date.now() - Date.parse(view.end.at) > freshMs) return;
  const { verb: done, services, version, release } = view.action;
  const action = { verb: done, services, target: version ?? release };
  const inSight = isInSight(sight, entry);
  tell({ type: 'ended', environment: view.environment, action, outcome: view.end.outcome, inSight });
}

function actionOf({ kind, services, target }: ActivityEntry): NoticedAction | undefined {
  const known = verb.options.find((one) => one === kind);
  return known === undefined ? undefined : { verb: known, services, target };
}

/** Tells what is new in the activity log; `seen` is the newest entry that was there before. */
function seesActivity(tell: Tell, environment: string, entries: readonly ActivityEntry[], seen: number): void {
  for (const entry of entries.toReversed()) {
    const { seq, operation, phase, outcome, actor } = entry;
    if (seq <= seen || entry.environment !== environment) continue;
    const action = actionOf(entry);
    if (phase === 'began' && action !== undefined)
      tell({ type: 'began-elsewhere', what: { operation, environment, action, actor } });
    if (phase === 'ended' && outcome !== undefined) tell({ type: 'ended-elsewhere', operation, outcome });
  }
}

function watchActivity(core: Core, tell: Tell, environment: string, project: string): () => void {
  const life = new AbortController();
  let seen: number | undefined;
  void follow(
    core,
    {
      open: (signal) => core.client.activity.watch({ project, limit: lookedBack }, { signal }),
      onItem({ entries }) {
        const newest = entries[0]?.seq ?? 0;
        if (seen !== undefined) seesActivity(tell, environment, entries, seen);
        seen = Math.max(seen ?? 0, newest);
        return 'more';
      },
      onProblem: () => 'more',
    },
    life.signal,
  );
  return () => {
    life.abort();
  };
}

/** What the panel tells of by itself: fed by the other stores, and by the activity log for what others do. */
export function createNoticesStore(core: Core, { stack, operation, preferences }: Sources): StoreApi<NoticesSlice> {
  let sight: Sight = { environment: undefined, page: '' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<NoticesSlice>(() => ({
    ...noNotices,
    dismiss: (id) => {
      tell({ type: 'dismiss', id });
    },
    markRead: () => {
      tell({ type: 'read' });
    },
    clear: () => {
      tell({ type: 'clear' });
    },
    hold: (held) => {
      tell({ type: 'hold', held });
    },
    look: (next) => {
      sight = next;
    },
    watch: (environment, project) => watchActivity(core, tell, environment, project),
  }));

  const tell: Tell = (event) => {
    store.setState((state) => reduceNotices(state, event, Date.now(), preferences.getState().muted));
    clearTimeout(timer);
    const due = nextDue(store.getState());
    if (due === undefined) return;
    timer = setTimeout(
      () => {
        tell({ type: 'tick' });
      },
      Math.max(0, due - Date.now()),
    );
  };

  stack.subscribe(({ byEnvironment }, before) => {
    for (const [environment, { stack: seen }] of Object.entries(byEnvironment)) {
      if (seen === undefined || seen === before.byEnvironment[environment]?.stack) continue;
      seesStack(tell, operation.getState().byEnvironment[environment], seen);
    }
  });
  operation.subscribe(({ byEnvironment }, before) => {
    for (const [environment, entry] of Object.entries(byEnvironment)) {
      const was = before.byEnvironment[environment];
      if (entry !== was) seesOperation(tell, sight, entry, was);
    }
  });
  return store;
}
