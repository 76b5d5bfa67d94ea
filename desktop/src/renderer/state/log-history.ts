import type { LogExportPage, LogLine } from '#contract/index.ts';
import type { Core } from './core.ts';
import type { LogPast } from './log-past.ts';
import { type LogRequest, pageLimit } from './log-pull.ts';
import { pastAround, pastPage } from './past-page.ts';

/** Lines that are read at once to find one of them; where none is found, twice as many, and so on up to a whole page. */
const readAtFirst = 200;
/** After so long a step through the past ends, also where it has found nothing. */
const mostMs = 5000;

/** Where the way to another line begins. */
export interface StepFrom {
  /** One of those that are here; the end of the log where there is none. */
  readonly line?: LogLine | undefined;
  /** Later, or earlier. */
  readonly step: 1 | -1;
  /** The line itself may be what is found. */
  readonly itself?: boolean;
  /** Up to this moment an earlier step has found nothing. */
  readonly lookedUntil?: string;
}

/** What a step has found; nothing where there is nothing. */
export interface Step {
  readonly line?: LogLine | undefined;
  /** It has taken long: up to this moment there is none, beyond it there may be. */
  readonly lookedUntil?: string;
}

/** The matching line next to another one, later or earlier. */
export async function lineNextTo(
  core: Core,
  request: LogRequest,
  past: LogPast,
  { line, step, itself = false, lookedUntil }: StepFrom,
): Promise<Step> {
  const { environment, filter, signal } = request;
  const [at, end] = [
    lookedUntil ?? (line !== undefined && past.has(line) ? line.time : undefined),
    past.whole ?? past.end,
  ];
  const before = itself ? undefined : line?.time;
  if (at !== undefined && step < 0) return lastUpTo(core, request, at, before);
  const found = at === undefined ? {} : await firstBehind(core, request, at, end ?? at);
  if (found.line !== undefined || found.lookedUntil !== undefined) return found;
  const behind = at !== undefined && end !== undefined ? { filter: { ...filter, behind: end } } : { filter };
  const from = heldFrom(at === undefined ? line?.seq : undefined, step, itself);
  const { lines } = await core.client.logs.read({ environment, limit: 1, ...behind, ...from }, { signal });
  if (lines.length > 0 || step > 0 || end === undefined) return { line: lines[0] };
  return lastUpTo(core, request, end, before);
}

/** Where the core looks among the lines that it holds: from one of them on, or from the end where they are looked at. */
function heldFrom(seq: number | undefined, step: 1 | -1, itself: boolean): { after?: number; before?: number } {
  if (step > 0) return { after: seq ?? 0 };
  return seq === undefined ? {} : { before: seq + (itself ? 1 : 0) };
}

const wider = (limit: number): number => Math.min(pageLimit, 2 * limit);

/** The last line of the past up to a moment, and before another one where it is given. */
async function lastUpTo(core: Core, request: LogRequest, upTo: string, before: string | undefined): Promise<Step> {
  const until = performance.now() + mostMs;
  let limit = readAtFirst;
  for (let at = upTo; ; limit = wider(limit)) {
    const { lines, earlier } = await pastPage(core, request, at, limit);
    const line = lines.findLast(({ time }) => before === undefined || time < before);
    if (line !== undefined || earlier === undefined) return { line };
    at = earlier;
    if (performance.now() >= until) return { lookedUntil: at };
  }
}

/** The first line of the past behind a moment. The engine is only read backwards. */
async function firstBehind(core: Core, request: LogRequest, behind: string, end: string): Promise<Step> {
  const until = performance.now() + mostMs;
  let limit = readAtFirst;
  for (let done = behind; done < end; limit = wider(limit)) {
    const around = await pastAround(core, request, done, end, limit);
    let line = around.lines.find(({ time }) => time > behind);
    for (let at = around.earlier; at !== undefined && at > done; ) {
      const { lines, earlier } = await pastPage(core, request, at, limit);
      line = lines.find(({ time }) => time > behind) ?? line;
      at = earlier;
    }
    if (line !== undefined) return { line };
    done = around.upTo;
    if (performance.now() >= until && done < end) return { lookedUntil: done };
  }
  return {};
}

/** Every matching line that there is, oldest first, page by page. */
export async function* allLines(
  core: Core,
  { environment, filter, signal }: LogRequest,
): AsyncGenerator<LogExportPage> {
  let id: string | undefined;
  do {
    const from = id === undefined ? {} : { id };
    const page = await core.client.logs.export({ environment, filter, ...from }, { signal });
    yield page;
    ({ id } = page);
  } while (id !== undefined);
}
