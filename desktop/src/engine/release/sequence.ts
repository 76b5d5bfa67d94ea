import {
  type EndOutcome,
  type Problem,
  QuaysideError,
  type ReleaseStage,
  toProblem,
  type Verification,
} from '#contract/index.ts';
import type { Model } from '#engine/compose/index.ts';
import {
  label,
  type NewEvent,
  observe,
  planReturn,
  planSettle,
  runPlan,
  type StackPlan,
  throwFirst,
} from '#engine/stack/index.ts';
import { say } from '#kit/say.ts';
import { passGate } from './pass-gate.ts';
import { askReady, type Unready } from './ready.ts';
import type { ReleaseRecord } from './records/entries.ts';
import type { ReleaseStore } from './records/store.ts';
import type { ReleaseDeps } from './types.ts';
import { verify } from './verify.ts';

/** One release being carried out, or what a crash left of one. */
export interface Course {
  readonly deps: ReleaseDeps;
  readonly store: ReleaseStore;
  readonly record: ReleaseRecord;
  /** The model that the release brings. */
  readonly model: Model;
  readonly emit: (event: NewEvent) => void;
  readonly signal: AbortSignal;
  /** Seconds for which everything has to stay well. */
  readonly window: number;
}

export interface Ending {
  readonly outcome: EndOutcome;
  readonly summary: string;
  readonly problem?: Problem;
}

/** How long an engine that is gone is waited for before a return is left to the next start. */
const enginePatienceMs = 60_000;

/**
 * Swap, gate, proof, and then tidying up; on any failure before the proof the way back. The record has been begun, the
 * images are here, the lock is held. Ends the record, unless the engine is gone: then the next start goes on from it.
 */
export async function carryOut(course: Course, forward: StackPlan): Promise<Ending> {
  // Before anything stops: what is about to be replaced can be asked only while it runs.
  const unready = await unreadyNow(course);
  let proof: Verification;
  try {
    proof = await swap(course, forward, unready);
  } catch (error) {
    return giveBack(course, error, unready);
  }
  return settle(course, proof);
}

async function swap(course: Course, forward: StackPlan, unreadyBefore: ReadonlySet<string>): Promise<Verification> {
  const { deps, record, signal, store } = course;
  stage(course, 'swap', say`Swapping to ${record.version}.`);
  await runSteps(course, forward);
  const { containers } = await observe(deps.gateway, record.project);
  const running = containers.filter((container) => container.running).map(({ id }) => id);
  stage(course, 'gate', say`Everything is up; it has to stay healthy for ${course.window} s.`);
  const unready = await passGate({
    gateway: deps.gateway,
    project: record.project,
    containers: running,
    mask: deps.maskFor(course.model),
    seconds: course.window,
    signal,
    // Where something that both releases need is down, going back to what one wants to get away from would help nobody.
    excused: record.cause === 'rollback' ? unreadyBefore : new Set(),
    tell: tellUnready(course),
  });
  for (const { service, reason } of unready) {
    course.emit({ type: 'note', text: say`${service} does not say that it is ready, and did not before: ${reason}.` });
  }
  const proof = await proveNow(course);
  if (!proof.ok)
    throw new QuaysideError('RELEASE_DRIFT', proof.sentence, {
      remedy: say`Somebody else changed the stack meanwhile.`,
    });
  signal.throwIfAborted();
  crashPoint(deps, 'proved');
  await store.append({ type: 'commit', id: record.id, at: proof.at, verification: proof });
  crashPoint(deps, 'committed');
  return proof;
}

const tellUnready =
  ({ emit }: Course) =>
  ({ service, reason }: Unready): void => {
    emit({ type: 'waiting', service, reason: say`healthy, not ready yet: ${reason}` });
  };

/** Services that run and do not say that they are ready. */
async function unreadyNow({ deps: { gateway, maskFor }, record, model, signal }: Course): Promise<ReadonlySet<string>> {
  try {
    const { project } = record;
    const unready = await askReady({ gateway, project, containers: record.ran, mask: maskFor(model), signal });
    return new Set(unready.map(({ service }) => service));
  } catch {
    // Gone meanwhile, or no answer: nobody is excused.
    return new Set();
  }
}

async function proveNow({ deps, record }: Course): Promise<Verification> {
  return verify(record, await observe(deps.gateway, record.project), new Date().toISOString());
}

/** Removes what was kept for the way back. What fails here is told, but the release is done: it was proved. */
export async function settle(course: Course, proof: Verification): Promise<Ending> {
  const { deps, record, model, store } = course;
  stage(course, 'settle', say`Removing what was kept for the way back.`);
  const observed = await observe(deps.gateway, record.project);
  // A cancellation comes too late now: what is half removed helps nobody.
  const patient = { ...course, signal: new AbortController().signal };
  await runSteps(patient, planSettle(model, observed, record.id), observed);
  const summary = proof.sentence;
  await store.append({ type: 'end', id: record.id, at: new Date().toISOString(), outcome: 'done', summary });
  return { outcome: 'done', summary };
}

/** The way back after a failure or a cancellation; the error that led to it is told first. */
async function giveBack(course: Course, error: unknown, unready: ReadonlySet<string>): Promise<Ending> {
  const { record, signal, emit } = course;
  const cancelled = signal.aborted;
  const problem = toProblem(error);
  const cause = cancelled ? say`It was cancelled.` : problem.message;
  stage(course, 'return', say`${cause} Bringing back what ran before.`);
  try {
    await awaitEngine(course.deps);
    await giveBackNow({ ...course, signal: new AbortController().signal }, unready);
  } catch (second) {
    const why = toProblem(second);
    const summary = say`${cause} What ran before could not be brought back: ${why.message}`;
    emit({ type: 'note', text: summary });
    // While the engine is gone, nothing is decided: the record stays open and the next start goes on.
    if (!why.code.startsWith('ENGINE_')) await end(course, 'unrestored', summary, problem);
    return { outcome: 'unrestored', summary, problem };
  }
  const nothing = record.ran.length === 0;
  const summary = nothing
    ? say`${cause} Nothing ran before, so nothing runs now.`
    : say`${cause} What ran before runs again and is healthy.`;
  const outcome = cancelled ? 'cancelled' : nothing ? 'failed' : 'restored';
  await end(course, outcome, summary, cancelled ? undefined : problem);
  return { outcome, summary, ...(cancelled ? {} : { problem }) };
}

async function end({ store, record }: Course, outcome: EndOutcome, summary: string, problem?: Problem): Promise<void> {
  const at = new Date().toISOString();
  await store.append({ type: 'end', id: record.id, at, outcome, summary, ...(problem ? { problem } : {}) });
}

/**
 * Points the names back, removes the new containers, starts the old ones and holds them to the same gate; `excused` services
 * need not be ready, as they were not before.
 */
export async function giveBackNow(course: Course, excused: Pick<ReadonlySet<string>, 'has'>): Promise<void> {
  const { deps, record } = course;
  for (const [name, before] of Object.entries(record.pointed)) await pointBack(deps, name, before);
  const observed = await observe(deps.gateway, record.project);
  await runSteps(course, planReturn(observed, record.id, new Set(record.ran)), observed);
  const { containers } = await observe(deps.gateway, record.project);
  const missing = record.ran.filter((id) => !containers.some((container) => container.id === id && container.running));
  if (missing.length > 0) {
    throw new QuaysideError(
      'RELEASE_DRIFT',
      say`${missing.length} of ${record.ran.length} containers that ran before do not run.`,
      { remedy: say`Start the stack, or roll back to an earlier release.` },
    );
  }
  const { window: seconds, signal } = course;
  await passGate({
    gateway: deps.gateway,
    project: record.project,
    containers: record.ran,
    mask: deps.maskFor(course.model),
    seconds,
    signal,
    excused,
    tell: tellUnready(course),
  });
}

async function pointBack({ gateway }: ReleaseDeps, name: string, before: string | null): Promise<void> {
  const now = await gateway.images.find(name);
  if (before === null) {
    if (now) await gateway.images.remove(name);
    return;
  }
  if (now?.id === before || !(await gateway.images.find(before))) return;
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  await gateway.images.tag(before, tagged ? name.slice(0, colon) : name, tagged ? name.slice(colon + 1) : 'latest');
}

/** Runs a plan and throws the first thing that went wrong. */
async function runSteps(course: Course, plan: StackPlan, seen?: Awaited<ReturnType<typeof observe>>): Promise<void> {
  const { deps, record, model, emit, signal } = course;
  const observed = seen ?? (await observe(deps.gateway, record.project, model));
  const failures = await runPlan(deps, {
    project: record.project,
    model,
    plan,
    observed,
    emit,
    signal,
    marks: { [label.release]: record.id },
    // A deploy was agreed to when it was prepared; a release that is gone back to ran before.
    confirmed: 'all',
    onDone: (step) => {
      crashPoint(deps, step);
    },
  });
  throwFirst(failures);
  signal.throwIfAborted();
}

async function awaitEngine({ gateway }: ReleaseDeps): Promise<void> {
  const until = performance.now() + enginePatienceMs;
  for (;;) {
    try {
      await gateway.ping();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function stage({ emit }: Course, name: ReleaseStage, text: string): void {
  emit({ type: 'stage', stage: name, text });
}

/** Dies at once where a test wants to see what a crash leaves behind. */
export function crashPoint({ crashAt }: ReleaseDeps, name: string): void {
  if (crashAt === name) process.kill(process.pid, 'SIGKILL');
}
