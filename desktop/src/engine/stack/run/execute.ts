import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Step } from '../plan/step.ts';

/** `skipped` = not needed after all; what comes after it may go on. */
export type StepResult = 'done' | 'skipped';

export interface StepReport {
  readonly step: Step;
  readonly state: 'running' | StepResult | 'failed' | 'blocked';
  readonly seconds?: number;
  readonly error?: unknown;
  /** For `blocked`: the step that failed, however far before it. */
  readonly blockedBy?: Step;
}

export interface Execution {
  readonly run: (step: Step) => Promise<StepResult>;
  readonly report: (report: StepReport) => void;
  readonly signal: AbortSignal;
  /** Steps that may run at the same time. */
  readonly parallel: number;
}

/** First error by step, in the order in which they happened; empty = all went well. */
export type Failures = ReadonlyMap<Step, unknown>;

/** Throws the first of them, where there is one. */
export function throwFirst(failures: Failures): void {
  const [first] = failures.values();
  if (first !== undefined) throw first instanceof Error ? first : new Error('a step failed', { cause: first });
}

/**
 * Runs a plan: a step begins when all before it are done. A failure blocks what depends on it, nothing else. After an abort
 * no further step begins; steps that run are waited for.
 */
export async function execute(steps: readonly Step[], execution: Execution): Promise<Failures> {
  const known = new Map(steps.map((step) => [step.id, step]));
  const finished = new Map<string, StepResult | 'failed' | 'blocked'>();
  const pending = new Set(steps);
  const running = new Set<Promise<void>>();
  const failures = new Map<Step, unknown>();
  /** By id of a step that failed or is blocked: the one that failed. */
  const causes = new Map<string, Step>();

  const begin = (step: Step): void => {
    pending.delete(step);
    const task = runOne(step, execution).then((result) => {
      finished.set(step.id, result.state);
      if (result.state === 'failed') {
        failures.set(step, result.error);
        causes.set(step.id, step);
      }
      running.delete(task);
    });
    running.add(task);
  };

  const block = (step: Step, blockedBy: Step): void => {
    pending.delete(step);
    finished.set(step.id, 'blocked');
    causes.set(step.id, blockedBy);
    execution.report({ step, state: 'blocked', blockedBy });
  };

  const beginReady = (): number => {
    let moved = 0;
    for (const step of pending) {
      const before = step.after.flatMap((id) => known.get(id) ?? []);
      const [bad] = before.flatMap(({ id }) => causes.get(id) ?? []);
      const ready = before.every(({ id }) => finished.has(id));
      if (bad) block(step, bad);
      else if (ready && running.size < execution.parallel) begin(step);
      else continue;
      moved += 1;
    }
    return moved;
  };

  for (;;) {
    const moved = execution.signal.aborted ? 0 : beginReady();
    if (moved > 0) continue;
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (pending.size > 0 && !execution.signal.aborted) {
    throw new QuaysideError('INTERNAL', say`The plan has a cycle: ${[...pending].map((step) => step.id).join(', ')}`);
  }
  return failures;
}

async function runOne(step: Step, execution: Execution): Promise<{ state: StepResult | 'failed'; error?: unknown }> {
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  execution.report({ step, state: 'running' });
  try {
    const state = await execution.run(step);
    execution.report({ step, state, seconds: seconds() });
    return { state };
  } catch (error) {
    execution.report({ step, state: 'failed', seconds: seconds(), error });
    return { state: 'failed', error };
  }
}
