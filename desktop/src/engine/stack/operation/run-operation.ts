import { type Action, type EndOutcome, type OperationEvent, QuaysideError, toProblem } from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import { type DockerGateway, guarded } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { Consent } from '../guard/consent.ts';
import { type Permits, projectGuard } from '../guard/project-guard.ts';
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
  /** The same with the quayside command, for verbs that docker compose does not have. */
  readonly own?: string;
}

export interface OperationDeps {
  readonly consent: Consent;
  readonly gateway: DockerGateway;
  readonly hub: EventHub;
  readonly startGate: RunContext['startGate'];
  readonly maskFor: RunContext['maskFor'];
  readonly composeVersion: () => Promise<string>;
  readonly quaysideVersion: string;
  /** Takes the lock of a project, which every host meets; throws RELEASE_LOCKED where another holds it. */
  readonly lock?: (request: LockRequest) => Promise<Lock>;
}

export interface LockRequest {
  readonly project: string;
  readonly operation: string;
  /** Shown to whoever meets it, such as `deploy 1.4.2`. */
  readonly why: string;
}

export interface Lock {
  release(): Promise<void>;
}

/** One operation that was asked for, and where it tells what it does. */
export interface Run {
  readonly id: string;
  readonly target: Target;
  readonly action: Action;
  readonly signal: AbortSignal;
  readonly emit: (event: OperationEvent) => void;
  /** What of the risks of the files may be done. */
  readonly confirmed: Permits['confirmed'];
}

/**
 * Observes, plans, runs, and tells all of it; never throws. Begins with `begin` (with an empty plan where planning fails, and
 * once more for each plan that is made anew) and ends with `end`.
 */
export async function runOperation(deps: OperationDeps, run: Run): Promise<EndOutcome> {
  const begun = performance.now();
  const plans: StackPlan[] = [];
  const emit = (event: NewEvent): void => {
    run.emit({ ...event, at: new Date().toISOString() });
  };
  const end = (outcome: EndOutcome, summary: string, error?: unknown): EndOutcome => {
    const seconds = (performance.now() - begun) / 1000;
    emit({ type: 'end', outcome, seconds, summary, ...(error === undefined ? {} : { problem: toProblem(error) }) });
    return outcome;
  };
  const waitLimit = run.action.waitTimeout === undefined ? undefined : new WaitLimit(run.action.waitTimeout);
  const attempt = async (): Promise<{ plan: StackPlan; failures: Failures }> => {
    const { project, model } = run.target;
    const observed = await observe(deps.gateway, project, model);
    const plan = planAction(model, observed, run.action);
    emitBegin(run, plan, emit);
    plans.push(plan);
    const limit = waitLimit ? { waitLimit } : {};
    return {
      plan,
      failures: await runPlan(deps, {
        ...{ project, model, plan, observed, emit },
        ...{ signal: run.signal, confirmed: run.confirmed, ...limit },
      }),
    };
  };
  try {
    const { plan, failures } = await underLock(deps, run, async () => {
      for (;;) {
        const done = await attempt();
        const [first] = done.failures.values();
        const again = plans.length <= maxReplans && isOutdated(run.action, done.failures);
        if (first === undefined || run.signal.aborted || !again) return done;
        emit({
          type: 'note',
          text: say`Something else changed the project meanwhile (${messageOf(first)}). Planning anew.`,
        });
      }
    });
    const [first] = failures.values();
    if (run.signal.aborted) return end('cancelled', say`Cancelled. The next Start goes on from here.`, first);
    if (first !== undefined) return end('failed', messageOf(first), first);
    return end('done', summarise(run.action, run.target.model, plan));
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

/** A build changes nothing that runs, so it may go on beside anything. */
async function underLock<T>(deps: OperationDeps, { id, target, action }: Run, work: () => Promise<T>): Promise<T> {
  if (action.verb === 'build') return work();
  const lock = await deps.lock?.({ project: target.project, operation: id, why: action.verb });
  try {
    return await work();
  } finally {
    await lock?.release();
  }
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

type PlanRun = Pick<RunContext, 'project' | 'model' | 'observed' | 'emit' | 'signal' | 'marks' | 'waitLimit'> & {
  readonly plan: StackPlan;
  readonly confirmed: Permits['confirmed'];
  /** Called with each step that is done, before anything that comes after it begins. */
  readonly onDone?: (step: string) => void;
};

/** Carries a plan out and tells its steps; never throws for what a step does. */
export async function runPlan(deps: OperationDeps, { plan, onDone, confirmed, ...run }: PlanRun): Promise<Failures> {
  const { project, model } = run;
  const permits = { project, directory: model?.directory ?? '', risks: model?.risks ?? [], confirmed };
  const gateway = guarded(deps.gateway, projectGuard(permits));
  const context: RunContext = {
    ...deps,
    ...run,
    gateway,
    slots: new Map(plan.slots),
    created: new Map(),
    images: new ImageCache(deps.gateway, run.observed.images),
  };
  return execute(plan.steps, {
    run: async (step) => {
      const result = await runStep(context, step);
      onDone?.(step.id);
      return result;
    },
    report: (report) => {
      run.emit(stepEvent(report));
    },
    signal: run.signal,
    parallel: parallelSteps,
  });
}

function stepEvent({ step, state, seconds, error, blockedBy }: StepReport): NewEvent {
  const time = seconds === undefined ? {} : { seconds };
  if (state === 'blocked') {
    const problem = toProblem(
      new QuaysideError('OPERATION_CANCELLED', say`Not done, because ${blockedBy?.id ?? say`an earlier step`} failed.`),
    );
    return { type: 'step', step: step.id, state: 'skipped', problem };
  }
  return { type: 'step', step: step.id, state, ...time, ...(error === undefined ? {} : { problem: toProblem(error) }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
