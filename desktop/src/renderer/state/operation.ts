import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Action, Plan, PreflightReport, Problem } from '#contract/index.ts';
import { type Core, problemFrom } from './core.ts';
import { follow } from './follow.ts';
import { type OperationView, reduceFrame } from './operation-view.ts';

export interface OperationEntry {
  view?: OperationView;
  /** Set from the click until the core has taken the order. */
  ordering?: boolean;
  /** Id of the operation that was ordered from this page. */
  own?: string;
  cancelling?: boolean;
  /** Why the core did not take the last order, or lost sight of the operation. */
  problem?: Problem | undefined;
  /** The last order, where it waits for somebody to agree to what the files ask of the machine. */
  unagreed?: Action;
  /** The last preflight, where it stands in the way of a start. */
  refused?: PreflightReport | undefined;
}

export interface OperationSlice {
  byEnvironment: Readonly<Record<string, OperationEntry>>;
  /** Asks preflight first where the action brings things up; then starts it and follows it. */
  start: (environment: string, action: Action) => Promise<void>;
  /** Follows an operation that is already running, whoever started it. */
  attach: (environment: string, id: string) => void;
  cancel: (environment: string) => Promise<void>;
  /** Puts the outcome away. A running operation is not touched. */
  dismiss: (environment: string) => void;
  /** What an action would do; throws the core's Problem. */
  preview: (environment: string, action: Action) => Promise<{ plan: Plan } | { problem: Problem }>;
}

type Change = (environment: string, next: (entry: OperationEntry) => OperationEntry) => void;

function attachTo(core: Core, change: Change, environment: string, id: string, signal: AbortSignal): Promise<void> {
  let view: OperationView | undefined;
  return follow(
    core,
    {
      open: (inner) => core.client.operation.watch({ id }, { signal: inner }),
      // The core replays from the first event, so what was folded before is begun anew.
      onOpen: () => {
        view = undefined;
      },
      onItem(frame) {
        view = reduceFrame(view, frame);
        const told = view;
        if (told === undefined) return 'more';
        const ended = told.end !== undefined;
        change(environment, (entry) => ({ ...entry, view: told, ...(ended ? { cancelling: false } : {}) }));
        return ended ? 'enough' : 'more';
      },
      onProblem(problem) {
        const gone = problem.code === 'OPERATION_NOT_FOUND';
        change(environment, (entry) => (gone ? { problem } : { ...entry, problem }));
        return gone ? 'enough' : 'more';
      },
    },
    signal,
  );
}

/** Asks preflight; answers true, and shows its findings, where it finds something in the way. */
async function refusedByPreflight(core: Core, change: Change, environment: string): Promise<boolean> {
  const report = await core.client.preflight.run({ environment });
  if (!report.ok) change(environment, () => ({ refused: report }));
  return !report.ok;
}

/** Operations by environment: at most one is shown for each, running or with its outcome. */
export function createOperationStore(core: Core): StoreApi<OperationSlice> {
  const attached = new Map<string, { id: string; life: AbortController }>();
  return createStore<OperationSlice>((set, get) => {
    const change: Change = (environment, next) => {
      set(({ byEnvironment }) => ({
        byEnvironment: { ...byEnvironment, [environment]: next(byEnvironment[environment] ?? {}) },
      }));
    };

    return {
      byEnvironment: {},
      async start(environment, action) {
        if (get().byEnvironment[environment]?.ordering === true) return;
        change(environment, ({ view }) => ({ ...(view === undefined ? {} : { view }), ordering: true }));
        try {
          if (action.verb === 'up' && (await refusedByPreflight(core, change, environment))) return;
          const { id } = await core.client.operation.start({ environment, action });
          get().attach(environment, id);
          change(environment, (entry) => ({ ...entry, own: id }));
        } catch (error) {
          const problem = problemFrom(core, error);
          const unagreed = problem.code === 'POLICY_REFUSED' ? { unagreed: action } : {};
          change(environment, () => ({ problem, ...unagreed }));
        } finally {
          change(environment, (entry) => ({ ...entry, ordering: false }));
        }
      },
      attach(environment, id) {
        const current = attached.get(environment);
        if (current?.id === id) return;
        current?.life.abort();
        const life = new AbortController();
        attached.set(environment, { id, life });
        change(environment, ({ ordering }) => (ordering === undefined ? {} : { ordering }));
        void attachTo(core, change, environment, id, life.signal);
      },
      async cancel(environment) {
        const view = get().byEnvironment[environment]?.view;
        if (view === undefined || view.end !== undefined) return;
        change(environment, (entry) => ({ ...entry, cancelling: true }));
        try {
          await core.client.operation.cancel({ id: view.id });
        } catch (error) {
          change(environment, (entry) => ({ ...entry, cancelling: false, problem: problemFrom(core, error) }));
        }
      },
      dismiss(environment) {
        const view = get().byEnvironment[environment]?.view;
        change(environment, () => (view !== undefined && view.end === undefined ? { view } : {}));
      },
      async preview(environment, action) {
        try {
          return { plan: await core.client.stack.plan({ environment, action }) };
        } catch (error) {
          return { problem: problemFrom(core, error) };
        }
      },
    };
  });
}
