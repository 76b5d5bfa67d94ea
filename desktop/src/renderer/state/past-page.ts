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

/** Reads after which the place nearest to a moment is taken that was found. */
const mostProbes = 16;
/** Where nothing was found behind a moment, so much further is looked. */
const further = 8;

const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
const laterBy = (time: string, ms: number): string =>
  new Date(Date.parse(time) + ms).toISOString().replace('Z', '000000Z');

export interface PastAround extends PastPage {
  /** All lines up to here are on the page, from `earlier` on. */
  readonly upTo: string;
}

/**
 * Lines around a moment, some of them behind it, where there are any up to `most`. The engine is only read backwards: from a
 * place that is found by how many lines there were between it and the moment.
 */
export async function pastAround(
  core: Core,
  request: LogRequest,
  at: string,
  most: string,
  limit: number,
): Promise<PastAround> {
  let [empty, dense] = [at, most];
  let upTo = most;
  /** A page with a line of that very moment, for where none behind it is found. */
  let exact: PastAround | undefined;
  let page = await pastPage(core, request, upTo, limit);
  for (let probes = 0; probes < mostProbes; probes += 1) {
    const { lines, earlier } = page;
    const reaches = earlier === undefined || earlier <= at;
    if (reaches && (upTo === most || lines.some(({ time }) => time > at))) break;
    if (reaches && lines.some(({ time }) => time === at)) exact = { ...page, upTo };
    if (reaches) empty = upTo;
    else dense = upTo;
    const step = reaches ? further * Math.max(1, msBetween(at, upTo)) : msBetween(earlier, upTo);
    const next = laterBy(empty, Math.min(step, msBetween(empty, dense) / 2));
    // Where so many were written at once that no moment lies between, the page does not reach back to the one asked for.
    if (next <= empty || next >= dense) break;
    upTo = next;
    page = await pastPage(core, request, upTo, limit);
  }
  const reached = page.lines.some(({ time }) => time > at);
  if (!reached && exact !== undefined) return exact;
  if (reached || upTo === dense) return { ...page, upTo };
  return { ...(await pastPage(core, request, dense, limit)), upTo: dense };
}
