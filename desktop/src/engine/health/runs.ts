import type { ContainerDetail, EngineEvent } from '#engine/docker/index.ts';

/** What the past of a container adds to what the engine says now. */
export interface RunFacts {
  /** It ends and is started again and again. The engine's own state flips between running and restarting meanwhile. */
  readonly crashing: boolean;
  /** Restarts known of: the engine's count, or ends seen where the engine does not count. */
  readonly restarts: number;
  /** Exit code of the last end seen; the engine reports 0 while the container runs again. */
  readonly lastExitCode?: number;
  /** The last end was for want of memory. */
  readonly outOfMemory: boolean;
  /** The last end was asked for through the engine's stop call. */
  readonly stoppedByHand: boolean;
}

/** Remembers ends and restarts of containers, as far back as a crash loop needs. */
export interface RunHistory {
  event(event: EngineEvent): void;
  observe(detail: ContainerDetail): void;
  forget(id: string): void;
  facts(detail: ContainerDetail): RunFacts;
}

const WINDOW_MS = 60_000;
const THRESHOLD = 3;
/** `stop` and `die` of one stop come in either order, but together. */
const SAME_END_MS = 2_000;

interface Run {
  /** When it ended by itself, on the clock of `now`. */
  deaths: number[];
  /** The engine's restart count as it was when first seen within the window. */
  counts: { at: number; count: number }[];
  lastExitCode?: number;
  lastTrouble: number;
  crashing: boolean;
  outOfMemory: boolean;
  stoppedByHand: boolean;
}

/**
 * `now` is a monotonic clock in milliseconds. Ends are timed by when they are heard of: the engine's clock is another one.
 * Three ends or restarts within a minute are a crash loop; a minute without any ends it.
 */
export function createRunHistory(now: () => number = () => performance.now()): RunHistory {
  const runs = new Map<string, Run>();

  const of = (id: string): Run => {
    const known = runs.get(id);
    if (known !== undefined) return known;
    const run: Run = {
      deaths: [],
      counts: [],
      lastTrouble: -Infinity,
      crashing: false,
      outOfMemory: false,
      stoppedByHand: false,
    };
    runs.set(id, run);
    return run;
  };

  return {
    event({ type, action, id, attributes }) {
      if (type === 'container') noteEvent(of(id), action, attributes['exitCode'], now());
    },
    observe(detail) {
      noteDetail(of(detail.id), detail, now());
    },
    forget: (id) => {
      runs.delete(id);
    },
    facts(detail) {
      const run = of(detail.id);
      const { lastExitCode } = run;
      return {
        crashing: run.crashing,
        restarts: Math.max(detail.restartCount, run.deaths.length),
        ...(lastExitCode === undefined ? {} : { lastExitCode }),
        outOfMemory: run.outOfMemory,
        stoppedByHand: run.stoppedByHand,
      };
    },
  };
}

function noteEvent(run: Run, action: string, exitCode: string | undefined, at: number): void {
  switch (action) {
    case 'start':
      run.stoppedByHand = false;
      break;
    case 'stop':
      run.stoppedByHand = true;
      run.crashing = false;
      run.deaths = run.deaths.filter((death) => at - death > SAME_END_MS);
      break;
    case 'oom':
      run.outOfMemory = true;
      break;
    case 'die':
      if (exitCode !== undefined && exitCode !== '') run.lastExitCode = Number(exitCode);
      // 137 is what a kill for want of memory ends with; any other code means that the container outlived it.
      if (run.lastExitCode !== 137) run.outOfMemory = false;
      if (!run.stoppedByHand) {
        run.deaths.push(at);
        run.lastTrouble = at;
      }
      break;
    default:
      break;
  }
}

function noteDetail(run: Run, detail: ContainerDetail, at: number): void {
  if (!detail.running || detail.restarting) {
    if (detail.finishedAt !== undefined) run.lastExitCode = detail.exitCode;
    run.outOfMemory = detail.oomKilled;
  }
  const before = run.counts.at(-1);
  if (before?.count !== detail.restartCount) {
    if (before !== undefined && detail.restartCount > before.count) run.lastTrouble = at;
    run.counts.push({ at, count: detail.restartCount });
  }
  run.deaths = run.deaths.filter((death) => at - death <= WINDOW_MS);
  // The last sample from before the window is what the window's restarts are counted from.
  while ((run.counts[1]?.at ?? Infinity) <= at - WINDOW_MS) run.counts.shift();
  const restarts = detail.restartCount - (run.counts[0]?.count ?? detail.restartCount);
  const gaveUp = !detail.running && !detail.restarting;
  if (gaveUp) run.crashing = false;
  else if (run.deaths.length >= THRESHOLD || restarts >= THRESHOLD) run.crashing = true;
  else if (detail.restarting && detail.restartCount >= THRESHOLD) {
    run.crashing = true;
    run.lastTrouble = at;
  } else if (at - run.lastTrouble > WINDOW_MS) run.crashing = false;
}
