import type { LogLine, LogPage } from '#contract/index.ts';
import type { Core } from './core.ts';
import type { LogRequest } from './log-pull.ts';

/** Streams of one container are out of order by some milliseconds; this is plenty. */
const disorderMs = 100;

const keyOf = ({ container, stream, time, text }: LogLine): string => `${container}\n${stream}\n${time}\n${text}`;

const byTime = (a: LogLine, b: LogLine): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0);

/** Those of the lines that are not among the known ones; of equal ones as many as there are more. */
export function unknownOf(lines: readonly LogLine[], known: Iterable<LogLine>): LogLine[] {
  const counts = new Map<string, number>();
  for (const line of known) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(keyOf(line)) ?? 0;
    counts.set(keyOf(line), count - 1);
    return count <= 0;
  });
}

/** Later than where a read was cut by as much as lines may be out of order, so that behind it none is missing. */
function settledAfter(cut: string, upTo: string): string {
  if (cut >= upTo) return upTo;
  const between = (Date.parse(upTo) - Date.parse(cut)) / 2;
  const moment = new Date(Date.parse(cut) + Math.min(disorderMs, between)).toISOString().replace('Z', '000000Z');
  return moment > cut ? moment : cut;
}

export interface PastPage {
  /** All there are behind `earlier` up to the moment asked for, in the order of time. */
  readonly lines: LogLine[];
  /** Where older ones are; undefined where there are none. */
  readonly earlier: string | undefined;
}

/**
 * The last matching lines up to a moment, also those that the core does not hold: what the engine has, and beside that what
 * only the core does, such as markers and the lines of containers that are gone.
 */
export async function pastPage(
  core: Core,
  { environment, filter, signal }: LogRequest,
  upTo: string,
  limit: number,
): Promise<PastPage> {
  const { logs } = core.client;
  const page = await logs.read({ environment, filter, limit, backFrom: upTo }, { signal });
  const heldBehind = (moment: string | undefined): Promise<LogPage> => {
    const held = { ...filter, upTo, ...(moment === undefined ? {} : { behind: moment }) };
    return logs.read({ environment, filter: held, limit }, { signal });
  };
  let earlier = page.earlier === undefined ? undefined : settledAfter(page.earlier, upTo);
  let held = await heldBehind(earlier);
  while (held.more) {
    // They are the last by their seq, which need not be the order of time.
    const middle = held.lines.toSorted(byTime)[Math.floor(held.lines.length / 2)]?.time ?? upTo;
    if (middle >= upTo) break;
    earlier = middle;
    held = await heldBehind(earlier);
  }
  const lines = [...page.lines, ...unknownOf(held.lines, page.lines)].filter(
    ({ time }) => time <= upTo && (earlier === undefined || time > earlier),
  );
  return { lines: lines.sort(byTime), earlier };
}
