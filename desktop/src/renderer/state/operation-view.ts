import type {
  Action,
  BuildStep,
  OperationEvent,
  OperationFrame,
  Plan,
  PlanStep,
  Problem,
  ReleaseStage,
} from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { localTimes } from '#kit/local-time.ts';
import { inLocalTime } from './core.ts';

export type StepProgress = 'pending' | 'running' | 'done' | 'failed' | 'skipped';

export interface StepView {
  step: PlanStep;
  progress: StepProgress;
  startedAt?: string;
  seconds?: number;
  problem?: Problem;
}

/** The last lines that a build step printed; `hidden` counts those before them. */
export interface LogTail {
  lines: readonly string[];
  hidden: number;
}

export interface BuildView {
  service: string;
  steps: readonly BuildStep[];
  logs: Readonly<Record<string, LogTail>>;
}

export type PullView = Omit<Extract<OperationEvent, { type: 'pull' }>, 'type' | 'at'>;
/** A part of a deploy or rollback that was begun. */
export interface StageView {
  stage: ReleaseStage;
  /** ISO time of its begin. */
  at: string;
  text: string;
}
export type OperationEnd = Extract<OperationEvent, { type: 'end' }>;

/** An operation as far as it has been told: all that its events say, folded together. */
export interface OperationView {
  id: string;
  environment: string;
  action: Action;
  plan: Plan;
  startedAt: string;
  steps: readonly StepView[];
  builds: Readonly<Record<string, BuildView>>;
  pulls: Readonly<Record<string, PullView>>;
  /** Why each waiting service waits. */
  waiting: Readonly<Record<string, string>>;
  notes: readonly string[];
  /** deploy, rollback: the parts that were begun, the last being the one that it is in. */
  stages: readonly StageView[];
  /** Events that were lost because this reader was too slow. */
  dropped: number;
  end?: OperationEnd;
}

export const tailLength = 300;

function appendText(tail: LogTail | undefined, text: string): LogTail {
  const lines = [...(tail?.lines ?? []), ...text.replace(/\n$/, '').split('\n')];
  const over = Math.max(0, lines.length - tailLength);
  return { lines: over > 0 ? lines.slice(over) : lines, hidden: (tail?.hidden ?? 0) + over };
}

function mergeSteps(known: readonly BuildStep[], told: readonly BuildStep[]): readonly BuildStep[] {
  const byId = new Map(known.map((step) => [step.id, step]));
  for (const step of told) byId.set(step.id, { ...byId.get(step.id), ...step });
  return [...byId.values()];
}

function onStep(view: OperationView, event: Extract<OperationEvent, { type: 'step' }>): OperationView {
  const steps = view.steps.map((known): StepView => {
    if (known.step.id !== event.step) return known;
    const startedAt = event.state === 'running' ? event.at : known.startedAt;
    return {
      step: known.step,
      progress: event.state,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(event.seconds === undefined ? {} : { seconds: event.seconds }),
      ...(event.problem === undefined ? {} : { problem: event.problem }),
    };
  });
  const touched = view.plan.steps.find(({ id }) => id === event.step);
  if (touched?.service === undefined || event.state === 'running') return { ...view, steps };
  const { [touched.service]: _settled, ...waiting } = view.waiting;
  return { ...view, steps, waiting };
}

function buildOf(view: OperationView, service: string): BuildView {
  return view.builds[service] ?? { service, steps: [], logs: {} };
}

function onEvent(view: OperationView, event: Exclude<OperationEvent, { type: 'begin' }>): OperationView {
  switch (event.type) {
    case 'step':
      return onStep(view, event);
    case 'build': {
      const build = buildOf(view, event.service);
      const steps = mergeSteps(build.steps, event.steps);
      return { ...view, builds: { ...view.builds, [event.service]: { ...build, steps } } };
    }
    case 'build-log': {
      const build = buildOf(view, event.service);
      const logs = { ...build.logs, [event.step]: appendText(build.logs[event.step], event.text) };
      return { ...view, builds: { ...view.builds, [event.service]: { ...build, logs } } };
    }
    case 'pull': {
      const { type: _type, at: _at, ...pull } = event;
      return { ...view, pulls: { ...view.pulls, [event.service]: pull } };
    }
    case 'waiting':
      return { ...view, waiting: { ...view.waiting, [event.service]: event.reason } };
    case 'stage':
      return { ...view, stages: [...view.stages, { stage: event.stage, at: event.at, text: event.text }] };
    case 'note':
      return { ...view, notes: [...view.notes, localTimes(event.text)] };
    case 'end':
      return { ...view, end: inLocalTimes(event), waiting: {} };
    default:
      return assertNever(event);
  }
}

function inLocalTimes(end: OperationEnd): OperationEnd {
  const { summary, problem } = end;
  return { ...end, summary: localTimes(summary), ...(problem ? { problem: inLocalTime(problem) } : {}) };
}

/** Folds one event into the view. A `begin` starts anew; anything before it is passed over. */
function reduceOperation(view: OperationView | undefined, event: OperationEvent): OperationView | undefined {
  if (event.type !== 'begin') return view === undefined ? undefined : onEvent(view, event);
  return {
    id: event.id,
    environment: event.environment,
    action: event.action,
    plan: event.plan,
    startedAt: event.at,
    steps: event.plan.steps.map((step) => ({ step, progress: 'pending' })),
    builds: {},
    pulls: {},
    waiting: {},
    notes: [],
    stages: [],
    dropped: 0,
  };
}

/** Folds a whole frame into the view. */
export function reduceFrame(view: OperationView | undefined, frame: OperationFrame): OperationView | undefined {
  const next = frame.events.reduce<OperationView | undefined>(reduceOperation, view);
  return next === undefined || frame.dropped === 0 ? next : { ...next, dropped: next.dropped + frame.dropped };
}
