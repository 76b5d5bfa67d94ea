import type { LogFilter, LogPage, Problem } from '#contract/index.ts';
import { type Core, isOver, pause } from './core.ts';

export const pageLimit = 2_000;
const waitMs = 20_000;
const brokenPauseMs = 100;
const refusedPauseMs = 2_000;
const pagesBehind = 5;

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
  /** True while the view sticks to the end. */
  following(): boolean;
  /** Resolves once there is room for more; at once where there is. Answers whether it was full. */
  room(signal: AbortSignal): Promise<boolean>;
  onProblem(problem: Problem): void;
}

/** Resolves when the view may be painted again, so that the panel reads at most once for each frame. */
export type NextFrame = () => Promise<void>;

const linesAround = 300;

/** The first page: the last lines, or those before the time at which reading begins. Answers after which seq to read on. */
async function begin(core: Core, { environment, filter, at, signal }: LogRequest, sink: LogSink): Promise<number> {
  if (at === undefined || sink.following())
    return sink.take(await core.client.logs.read({ environment, filter, limit: pageLimit }, { signal }), true);
  const before = { ...filter, to: at };
  const page = await core.client.logs.read({ environment, filter: before, limit: linesAround }, { signal });
  return sink.take({ ...page, cursor: page.lines.at(-1)?.seq ?? 0 }, true);
}

async function readOn(core: Core, request: LogRequest, sink: LogSink, nextFrame: NextFrame): Promise<void> {
  const { environment, filter, signal } = request;
  const { startedAt } = core.state().hello ?? {};
  let after = await begin(core, request, sink);
  let behind = 0;
  // A core that was started anew counts from the beginning again: its lines are another request's.
  while (!signal.aborted && core.state().hello?.startedAt === startedAt) {
    await nextFrame();
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, after, waitMs }, { signal });
    if (isOver(signal)) return;
    after = sink.take(page, false);
    behind = page.more && sink.following() ? behind + 1 : 0;
    // The view follows the end: where that runs away from it, it jumps there; the lines between stay with the core.
    if (behind > pagesBehind) return;
    // After a stop for want of room the end is far away: reading begins there again.
    if (await sink.room(signal)) return;
  }
}

/** Reads the last lines of a request and then every new one, over all breaks of the connection. */
export async function pullLines(core: Core, request: LogRequest, sink: LogSink, nextFrame: NextFrame): Promise<void> {
  const { signal } = request;
  while (!signal.aborted) {
    try {
      await core.connected(signal);
      await readOn(core, request, sink, nextFrame);
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
