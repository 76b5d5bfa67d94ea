import { type Action, type OperationEvent, QuaysideError, toProblem } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { observe } from '../observe.ts';
import { equivalentCommand } from '../plan/command.ts';
import { planAction } from '../plan/plan-action.ts';
import { type StackPlan, toPlanStep } from '../plan/step.ts';
import { type EventHub, ImageCache, type NewEvent, type RunContext } from '../run/context.ts';
import { execute, type Failures, type StepReport } from '../run/execute.ts';
import { runStep } from '../run/run-step.ts';
import { WaitLimit } from '../run/wait-limit.ts';
import { summarise } from './summary.ts';

/** How often a plan is made anew because somebody else changed what it was made for. */
const maxReplans = 3;

/** How many engine calls an operation makes at the same time. */
const parallelSteps = 12;

/** The project that an action is for, as its files or labels describe it. */
export interface Target {
  readonly environment: string;
  readonly project: string;
  /** Absent where the files cannot be read; verbs that need them are refused then. */
  readonly model?: Model;
  /** docker compose with the options that address this project, without a verb. */
  readonly command: string;
}

export interface OperationDeps {
  readonly gateway: DockerGateway;
  readonly hub: EventHub;
  readonly startGate: RunContext['startGate'];
  readonly composeVersion: () => Promise<string>;
  readonly quaysideVersion: string;
}

interface Run {
  readonly id: string;
  readonly target: Target;
  readonly action: Action;
  readonly signal: AbortSignal;
  readonly emit: (event: OperationEvent) => void;
}

type Outcome = Extract<OperationEvent, { type: 'end' }>['outcome'];

/**
 * Observes, plans, runs, and tells all of it; never throws. Begins with `begin` (with an empty plan where planning fails, and
 * once more for each plan that is made anew) and ends with `end`.
 */
export async function runOperation(deps: OperationDeps, run: Run): Promise<Outcome> {
  const begun = performance.now();
  const plans: StackPlan[] = [];
  const emit = (event: NewEvent): void => {
    run.emit({ ...event, at: new Date().toISOString() });
  };
  const end = (outcome: Outcome, summary: string, error?: unknown): Outcome => {
    const seconds = (performance.now() - begun) / 1000;
    emit({ type: 'end', outcome, seconds, summary, ...(error === undefined ? {} : { problem: toProblem(error) }) });
    return outcome;
  };
  try {
    for (;;) {
      const observed = await observe(deps.gateway, run.target.project, run.target.model);
      const plan = planAction(run.target.model, observed, run.action);
      emitBegin(run, plan, emit);
      plans.push(plan);
      const failures = await carryOut(deps, run, plan, observed, emit);
      const [first] = failures.values();
      if (run.signal.aborted) return end('cancelled', 'Cancelled. The next Start goes on from here.', first);
      if (first === undefined) return end('done', summarise(run.action, run.target.model, plan));
      if (plans.length > maxReplans || !isOutdated(run.action, failures)) return end('failed', messageOf(first), first);
      emit({
        type: 'note',
        text: `Something else changed the project meanwhile (${messageOf(first)}). Planning anew.`,
      });
    }
  } catch (error) {
    if (plans.length === 0) emitBegin(run, { steps: [], slots: new Map(), warnings: [] }, emit);
    return end('failed', messageOf(error), error);
  }
}

/** True where every failure says that the engine no longer holds what the plan was made for, and a new plan does nothing twice. */
function isOutdated({ verb, ...action }: Action, failures: Failures): boolean {
  if (verb !== 'up' && verb !== 'down') return false;
  const once = [action.forceRecreate, action.alwaysRecreateDeps, action.renewAnonVolumes];
  const named = [action.recreateVolumes, action.volumes, action.images];
  if (once.includes(true) || named.some((names) => names !== undefined && names.length > 0)) return false;
  return [...failures.values()].every(
    (error) =>
      error instanceof QuaysideError && (error.code === 'ENGINE_CONFLICT' || error.code === 'ENGINE_NOT_FOUND'),
  );
}

function emitBegin(run: Run, plan: StackPlan, emit: (event: NewEvent) => void): void {
  const { target, action, id } = run;
  const shown = {
    environment: target.environment,
    project: target.project,
    verb: action.verb,
    steps: plan.steps.map(toPlanStep),
    warnings: [...plan.warnings],
    keeps: [...(plan.keeps ?? [])],
    command: equivalentCommand(target.command, action),
  };
  emit({ type: 'begin', id, environment: target.environment, action, plan: shown });
  for (const text of plan.warnings) emit({ type: 'note', text });
}

async function carryOut(
  deps: OperationDeps,
  run: Run,
  plan: StackPlan,
  observed: RunContext['observed'],
  emit: (event: NewEvent) => void,
): Promise<Failures> {
  const context: RunContext = {
    ...deps,
    project: run.target.project,
    model: run.target.model,
    observed,
    slots: new Map(plan.slots),
    created: new Map(),
    images: new ImageCache(deps.gateway, observed.images),
    emit,
    signal: run.signal,
    ...(run.action.waitTimeout === undefined ? {} : { waitLimit: new WaitLimit(run.action.waitTimeout) }),
  };
  return execute(plan.steps, {
    run: (step) => runStep(context, step),
    report: (report) => {
      emit(stepEvent(report));
    },
    signal: run.signal,
    parallel: parallelSteps,
  });
}

function stepEvent({ step, state, seconds, error, blockedBy }: StepReport): NewEvent {
  const time = seconds === undefined ? {} : { seconds };
  if (state === 'blocked') {
    const problem = toProblem(
      new QuaysideError('OPERATION_CANCELLED', `Not done, because ${blockedBy?.id ?? 'an earlier step'} failed.`),
    );
    return { type: 'step', step: step.id, state: 'skipped', problem };
  }
  return { type: 'step', step: step.id, state, ...time, ...(error === undefined ? {} : { problem: toProblem(error) }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
