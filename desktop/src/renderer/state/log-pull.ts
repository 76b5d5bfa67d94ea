import type { LogFilter, LogPage, Problem } from '#contract/index.ts';
import { type Core, isOver, pause } from './core.ts';
import { type PastAround, pastAround } from './past-page.ts';

export const pageLimit = 2_000;
const waitMs = 20_000;
const brokenPauseMs = 100;
const refusedPauseMs = 2_000;

/** What is read, until `signal` aborts. */
export interface LogRequest {
  environment: string;
  filter: LogFilter;
  /** Where reading begins: with the lines around this time. Absent = with the last ones. */
  at?: string | undefined;
  signal: AbortSignal;
}

/** Where pages go. */
export interface LogSink {
  /** Takes a page, in the place of all before it where `anew`; answers after which seq to read on. */
  take(page: LogPage, anew: boolean): number;
  /** Takes lines of the past in the place of all before; the page says what the core holds. No more come by themselves. */
  takePast(page: LogPage, past: PastAround): void;
  /** How many rows the view shows while it sticks to the end; nothing while it does not. */
  rows(): number | undefined;
  onProblem(problem: Problem): void;
}

/** Resolves when the view may be painted again, so that the panel reads at most once for each frame. */
export type NextFrame = () => Promise<void>;

const linesAround = 300;
/** Lines to begin with: some screens full. */
const linesAtEnd = 500;

/** A moment in the form of a line's time; undefined where it is none. */
function exactMoment(at: string): string | undefined {
  if (/\.\d{9}Z$/.test(at)) return at;
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace('Z', '000000Z');
}

/**
 * The first page: the last lines, or those before the time at which reading begins. Answers after which seq to read on; undefined
 * where it is not to be read on.
 */
async function begin(core: Core, request: LogRequest, sink: LogSink): Promise<number | undefined> {
  const { environment, filter, at, signal } = request;
  if (at === undefined || sink.rows() !== undefined)
    return sink.take(await core.client.logs.read({ environment, filter, limit: linesAtEnd }, { signal }), true);
  const before = { ...filter, to: at };
  const page = await core.client.logs.read({ environment, filter: before, limit: linesAround }, { signal });
  const moment = exactMoment(at);
  if (moment !== undefined && page.earlier !== undefined && moment < page.earlier) {
    const past = await pastAround(core, request, moment, page.earlier, pageLimit);
    if (!isOver(signal)) sink.takePast(page, past);
    return undefined;
  }
  return sink.take({ ...page, cursor: page.lines.at(-1)?.seq ?? 0 }, true);
}

/**
 * Reads what comes. A view that follows the end is sent the rows it shows and no others, once for each frame: where more came
 * than fit, what it has is replaced, and the lines between stay with the core until somebody scrolls back.
 */
async function readOn(
  core: Core,
  request: LogRequest,
  sink: LogSink,
  nextFrame: NextFrame,
  from: number | undefined,
): Promise<void> {
  const { environment, filter, signal } = request;
  const { startedAt } = core.state().hello ?? {};
  const begun = from ?? (await begin(core, request, sink));
  if (begun === undefined) return;
  let after = begun;
  let ahead = 0;
  // A core that was started anew counts from the beginning again: its lines are another request's.
  while (!signal.aborted && core.state().hello?.startedAt === startedAt) {
    await nextFrame();
    const rows = sink.rows();
    const most = rows === undefined ? { limit: pageLimit } : { limit: Math.min(rows, pageLimit), newest: true, ahead };
    const page = await core.client.logs.read({ environment, filter, ...most, after, waitMs }, { signal });
    if (isOver(signal)) return;
    ahead = page.ahead?.mark ?? ahead;
    const replaces = rows !== undefined && page.more;
    // The view was frozen meanwhile: what it has stays, and is read on from.
    if (replaces && sink.rows() === undefined) continue;
    after = sink.take(page, replaces);
  }
}

/**
 * Reads the last lines of a request and then every new one, over all breaks of the connection; with `after`, only those that
 * follow this seq of the core that runs now.
 */
export async function pullLines(
  core: Core,
  request: LogRequest,
  sink: LogSink,
  nextFrame: NextFrame,
  after?: number,
): Promise<void> {
  const { signal } = request;
  let from = after;
  while (!signal.aborted) {
    try {
      await core.connected(signal);
      const first = from;
      from = undefined;
      await readOn(core, request, sink, nextFrame, first);
    } catch (error) {
      if (isOver(signal)) return;
      const refusal = core.refusal(error);
      if (refusal !== undefined) sink.onProblem(refusal);
      // A filter that cannot be used will not be better the next time.
      if (refusal?.code === 'USAGE') return;
      await pause(refusal === undefined ? brokenPauseMs : refusedPauseMs, signal);
    }
  }
}
