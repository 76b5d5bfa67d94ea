import type { LogLine } from '#contract/index.ts';
import type { Core } from './core.ts';
import { type LogRequest, pageLimit } from './log-pull.ts';

const wanted = 500;
/** Pages that one step back asks the engine for at most. */
const readsBack = 10;

const keyOf = ({ container, stream, time, text }: LogLine): string => `${container}\n${stream}\n${time}\n${text}`;

function counted(lines: Iterable<LogLine>, counts: Map<string, number>): void {
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
}

/** Those lines that are not among the counted ones; of equal ones as many as there are more. */
function fresh(lines: readonly LogLine[], counts: ReadonlyMap<string, number>): LogLine[] {
  const left = new Map(counts);
  return lines.filter((line) => {
    const count = left.get(keyOf(line)) ?? 0;
    left.set(keyOf(line), count - 1);
    return count <= 0;
  });
}

/** Lines from before those known, read back from the engine, which keeps more than the core. */
async function readBack(core: Core, request: LogRequest, known: Iterable<LogLine>, from: string) {
  const { environment, filter, signal } = request;
  const counts = new Map<string, number>();
  counted(known, counts);
  let earlier: LogLine[] = [];
  let before: string | undefined = from;
  for (let read = 0; before !== undefined && earlier.length < wanted && read < readsBack; read += 1) {
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, backFrom: before }, { signal });
    const found = fresh(page.lines, counts);
    counted(found, counts);
    earlier = [...found, ...earlier];
    before = page.earlier;
  }
  return { earlier, before };
}

/** What lies before the lines that a reader has. */
interface Earlier {
  readonly earlier: LogLine[];
  /** These are the engine's: their numbers are not the core's. */
  readonly readBack: boolean;
  /** There is nothing older. */
  readonly atStart: boolean;
  /** Where the engine is read on; undefined as long as the core itself may hold older lines. */
  readonly before: string | undefined;
}

/** From where on to read. */
interface ReadFrom {
  /** Of the oldest line known. */
  readonly seq: number;
  /** Where the reads from the engine got to. */
  readonly before: string | undefined;
  /** From when on the core's own lines are whole; undefined where the engine has nothing older. */
  readonly whole: string | undefined;
}

/**
 * Some hundred matching lines besides those known: what the core holds, then what the engine does. The engine's may lie
 * among the oldest of those known, because the core begins with the last lines of each container.
 */
export async function linesBefore(
  core: Core,
  request: LogRequest,
  known: Iterable<LogLine>,
  { seq, before, whole }: ReadFrom,
): Promise<Earlier> {
  if (before === undefined) {
    const { environment, filter, signal } = request;
    const page = await core.client.logs.read({ environment, filter, limit: wanted, before: seq }, { signal });
    if (page.lines.length > 0 && (page.more || whole !== undefined)) {
      return { earlier: page.lines, readBack: false, atStart: false, before: undefined };
    }
    if (whole === undefined) return { earlier: page.lines, readBack: false, atStart: true, before: undefined };
  }
  const back = await readBack(core, request, known, before ?? whole ?? '');
  return { earlier: back.earlier, readBack: true, atStart: back.before === undefined, before: back.before };
}

/** The matching line next to `seq`, later or earlier; undefined where there is none. */
export async function lineNextTo(
  core: Core,
  { environment, filter, signal }: LogRequest,
  seq: number,
  step: 1 | -1,
): Promise<LogLine | undefined> {
  const from = step > 0 ? { after: seq } : { before: seq };
  const { lines } = await core.client.logs.read({ environment, filter, limit: 1, ...from }, { signal });
  return lines[0];
}

/** Every matching line that the core holds, oldest first, page by page. */
export async function* allLines(core: Core, request: LogRequest): AsyncGenerator<LogLine[]> {
  const { environment, filter, signal } = request;
  let after = 0;
  for (;;) {
    const page = await core.client.logs.read({ environment, filter, limit: pageLimit, after }, { signal });
    yield page.lines;
    if (!page.more || page.cursor <= after) return;
    after = page.cursor;
  }
}
