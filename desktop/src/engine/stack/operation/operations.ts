import { randomUUID } from 'node:crypto';
import {
  type Action,
  type EndOutcome,
  type OperationEvent,
  type OperationSummary,
  type Plan,
  QuaysideError,
  toProblem,
} from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { agree, agreedIds, plannedRisks } from '../guard/consent.ts';
import { observe } from '../observe.ts';
import { equivalentCommand } from '../plan/command.ts';
import { planAction, worksWithoutFiles } from '../plan/plan-action.ts';
import { toPlanStep } from '../plan/step.ts';
import { Journal } from './journal.ts';
import { maskEvent } from './mask-event.ts';
import { type OperationDeps, type Run, runOperation, type Target } from './run-operation.ts';

/** Ended operations that can still be read. */
const keptOperations = 20;

interface Entry {
  summary: OperationSummary;
  readonly project: string;
  readonly journal: Journal;
  /** Filled when the plan is known. */
  readonly starts: Set<string>;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Verbs that another room carries out, on the same terms: the plan first, events from `begin` to `end`, never a throw. */
export interface Beyond {
  plan(target: Target, action: Action): Promise<Plan>;
  run(run: Run): Promise<EndOutcome>;
}

/** The end of an operation as its last event tells it. */
export type OperationEnd = Extract<OperationEvent, { type: 'end' }>;

/** Is told of every operation, once before anything is touched and once with its end. */
export interface OperationLog {
  began(run: Pick<Run, 'id' | 'target' | 'action'>): Promise<void>;
  ended(run: Pick<Run, 'id' | 'target' | 'action'>, end: OperationEnd): Promise<void>;
}

export interface OperationsDeps extends OperationDeps {
  /** An operation goes on also where it cannot be written to, and says so. */
  readonly log?: OperationLog;
  /** Carries out `deploy` and `rollback`. */
  readonly beyond?: Beyond;
  /** Resolves an environment to its project; throws where verbs that need the files cannot go on. */
  readonly target: (environment: string, needsFiles: boolean) => Promise<Target>;
  /** Called when an operation begins or ends. */
  readonly onChange: (environment: string) => void;
}

/** Plans and runs actions, one at a time per project. */
export interface Operations {
  plan(environment: string, action: Action): Promise<Plan>;
  start(environment: string, action: Action): Promise<OperationSummary>;
  watch(id: string, signal: AbortSignal): AsyncIterable<OperationEvent>;
  cancel(id: string): OperationSummary;
  list(environment: string): OperationSummary[];
  /** Id of the operation that runs in an environment now. */
  current(environment: string): string | undefined;
  /** Services that the operation which runs now is going to start. */
  pending(environment: string): ReadonlySet<string>;
  /** Cancels what runs and waits for it. */
  dispose(): Promise<void>;
}

export function createOperations(deps: OperationsDeps): Operations {
  const entries = new Map<string, Entry>();
  return {
    plan: (environment, action) => preview(deps, environment, action),
    async start(environment, action) {
      const target = await deps.target(environment, !worksWithoutFiles(action));
      refuseWhileBusy(entries, target.project);
      const allowed = await agreed(deps, target, action);
      // Another may have begun meanwhile.
      refuseWhileBusy(entries, target.project);
      const entry = begin(deps, target, allowed);

      entries.set(entry.summary.id, entry);
      forgetOld(entries);
      return entry.summary;
    },
    watch: (id, signal) => entryOf(entries, id).journal.read(signal),
    cancel(id) {
      const entry = entryOf(entries, id);
      entry.abort.abort();
      return entry.summary;
    },
    list: (environment) =>
      [...entries.values()].map((entry) => entry.summary).filter((s) => s.environment === environment),
    current: (environment) =>
      [...entries.values()].find(({ summary }) => summary.environment === environment && summary.outcome === 'running')
        ?.summary.id,
    pending: (environment) =>
      [...entries.values()].find(({ summary }) => summary.environment === environment && summary.outcome === 'running')
        ?.starts ?? new Set(),
    async dispose() {
      for (const entry of entries.values()) entry.abort.abort();
      await Promise.all([...entries.values()].map((entry) => entry.done));
    },
  };
}

/**
 * What makes containers or images of the files waits for agreement. A deploy asks when it knows which files it carries out, and a
 * rollback brings back what ran before.
 */
async function agreed({ consent }: OperationsDeps, { model }: Target, action: Action): Promise<Action> {
  if ((action.verb !== 'up' && action.verb !== 'build') || !model) return action;
  const ids = await agree(consent, model, action);
  return action.allowRisks === undefined ? action : { ...action, allowRisks: ids };
}

const isBeyond = ({ verb }: Action): boolean => verb === 'deploy' || verb === 'rollback';

async function preview(deps: OperationsDeps, environment: string, action: Action): Promise<Plan> {
  const target = await deps.target(environment, !worksWithoutFiles(action));
  if (deps.beyond && isBeyond(action)) return deps.beyond.plan(target, action);
  const plan = planAction(target.model, await observe(deps.gateway, target.project, target.model), action);
  const risks = action.verb === 'up' || action.verb === 'build' ? await plannedRisks(deps.consent, target.model) : [];
  return {
    environment,
    project: target.project,
    verb: action.verb,
    steps: plan.steps.map(toPlanStep),
    warnings: [...plan.warnings],
    keeps: [...(plan.keeps ?? [])],
    ...(risks.length === 0 ? {} : { risks }),
    command: equivalentCommand(target.command, action),
  };
}

function begin(deps: OperationsDeps, target: Target, action: Action): Entry {
  const journal = new Journal();
  const abort = new AbortController();
  const summary: OperationSummary = {
    id: randomUUID(),
    environment: target.environment,
    verb: action.verb,
    startedAt: new Date().toISOString(),
    outcome: 'running',
  };
  const starts = new Set<string>();
  const mask = deps.maskFor(target.model);
  let end: OperationEnd | undefined;
  const emit = (told: OperationEvent): void => {
    const event = maskEvent(told, mask);
    if (event.type === 'begin') {
      for (const { kind, service } of event.plan.steps)
        if (kind === 'container.start' && service !== undefined) starts.add(service);
      deps.onChange(target.environment);
    }
    if (event.type === 'end') end = event;
    journal.add(event);
  };
  const { signal } = abort;
  const run: Run = { id: summary.id, target, action, signal, emit, confirmed: agreedIds(target.model) };
  const entry: Entry = {
    summary,
    project: target.project,
    journal,
    starts,
    abort,
    done: recorded(deps, run).then(async (outcome) => {
      entry.summary = { ...summary, outcome };
      deps.onChange(target.environment);
      // A log that cannot be written now either was told of at the start, or shows that the end is not known.
      if (end) await deps.log?.ended(run, end).catch(() => undefined);
    }),
  };
  deps.onChange(target.environment);
  return entry;
}

/** Carries out one operation, written down before anything is touched. */
async function recorded(deps: OperationsDeps, run: Run): Promise<EndOutcome> {
  let unwritten: string | undefined;
  await deps.log?.began(run).catch((error: unknown) => {
    unwritten = say`This is not in the activity log, which could not be written: ${toProblem(error).message}`;
  });
  const emit = (event: OperationEvent): void => {
    run.emit(event);
    if (event.type !== 'begin' || unwritten === undefined) return;
    run.emit({ type: 'note', at: event.at, text: unwritten });
    unwritten = undefined;
  };
  const request = { ...run, emit };
  return deps.beyond && isBeyond(run.action) ? deps.beyond.run(request) : runOperation(deps, request);
}

function refuseWhileBusy(entries: ReadonlyMap<string, Entry>, project: string): void {
  const busy = [...entries.values()].find((entry) => entry.project === project && entry.summary.outcome === 'running');
  if (!busy) return;
  throw new QuaysideError('OPERATION_BUSY', say`Another operation (${busy.summary.verb}) is running on ${project}.`, {
    remedy: say`Wait until it ends, or cancel it.`,
    details: { operation: busy.summary.id },
  });
}

function entryOf(entries: ReadonlyMap<string, Entry>, id: string): Entry {
  const entry = entries.get(id);
  if (entry) return entry;
  throw new QuaysideError('OPERATION_NOT_FOUND', say`There is no operation ${id} here.`, {
    remedy: say`Only the last operations since Quayside was started can be read.`,
  });
}

function forgetOld(entries: Map<string, Entry>): void {
  const ended = [...entries].filter(([, entry]) => entry.summary.outcome !== 'running');
  for (const [id] of ended.slice(0, Math.max(0, ended.length - keptOperations))) entries.delete(id);
}
