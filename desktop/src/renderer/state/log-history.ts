import type { LogExportPage, LogLine } from '#contract/index.ts';
import type { Core } from './core.ts';
import type { LogPast } from './log-past.ts';
import type { LogRequest } from './log-pull.ts';
import { pastAround, pastPage } from './past-page.ts';

/** Lines that are read at once to find one of them. */
const readAtOnce = 200;

/** Where the way to another line begins. */
export interface StepFrom {
  /** One of those that are here. */
  readonly line: LogLine;
  /** Later, or earlier. */
  readonly step: 1 | -1;
  /** The line itself may be what is found. */
  readonly itself?: boolean;
}

/** The matching line next to another one, later or earlier; undefined where there is none. */
export async function lineNextTo(
  core: Core,
  request: LogRequest,
  past: LogPast,
  { line, step, itself = false }: StepFrom,
): Promise<LogLine | undefined> {
  const { environment, filter, signal } = request;
  const [isPast, end] = [past.has(line), past.whole ?? past.end];
  if (isPast && step < 0) return lastUpTo(core, request, line.time, itself ? undefined : line.time);
  const found = isPast ? await firstBehind(core, request, line.time, end ?? line.time) : undefined;
  if (found !== undefined) return found;
  const behind = isPast && end !== undefined ? { filter: { ...filter, behind: end } } : { filter };
  const from = step > 0 ? { after: isPast ? 0 : line.seq } : { before: line.seq + (itself ? 1 : 0) };
  const { lines } = await core.client.logs.read({ environment, limit: 1, ...behind, ...from }, { signal });
  if (lines.length > 0 || step > 0 || end === undefined) return lines[0];
  return lastUpTo(core, request, end, line.time);
}

/** The last line of the past up to a moment, and before another one where it is given. */
async function lastUpTo(
  core: Core,
  request: LogRequest,
  upTo: string,
  before: string | undefined,
): Promise<LogLine | undefined> {
  for (let at: string | undefined = upTo; at !== undefined; ) {
    const { lines, earlier } = await pastPage(core, request, at, readAtOnce);
    const found = lines.findLast(({ time }) => before === undefined || time < before);
    if (found !== undefined) return found;
    at = earlier;
  }
  return undefined;
}

/** The first line of the past behind a moment. The engine is only read backwards. */
async function firstBehind(core: Core, request: LogRequest, behind: string, end: string): Promise<LogLine | undefined> {
  let found: LogLine | undefined;
  for (let done = behind; found === undefined && done < end; ) {
    const around = await pastAround(core, request, done, end, readAtOnce);
    found = around.lines.find(({ time }) => time > behind);
    for (let at = around.earlier; at !== undefined && at > done; ) {
      const { lines, earlier } = await pastPage(core, request, at, readAtOnce);
      found = lines.find(({ time }) => time > behind) ?? found;
      at = earlier;
    }
    done = around.upTo;
  }
  return found;
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
