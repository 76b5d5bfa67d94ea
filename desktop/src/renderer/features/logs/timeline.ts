import type { LogLine } from '#contract/index.ts';
import { language } from '#words/index.ts';
import { exactMs } from './exact-time.ts';

/** One line of a request, placed on its time axis. Milliseconds; shares of the whole from 0 to 1. */
export interface Moment {
  line: LogLine;
  /** Since the first line of the request. */
  offset: number;
  /** Until the next line of the same service; nothing for its last. */
  gap?: number;
  start: number;
  width: number;
}

/** One service's part in a request. */
export interface Lane {
  service: string;
  lines: number;
  /** From its first to its last line. */
  offset: number;
  took: number;
  start: number;
  width: number;
}

export interface Timeline {
  took: number;
  moments: readonly Moment[];
  lanes: readonly Lane[];
}

/** Lays the lines of one request out over time: in the order of their times, each with how long its service then said nothing. */
export function timelineOf(lines: readonly LogLine[]): Timeline {
  const timed = lines
    .filter(({ stream }) => stream !== 'marker')
    .map((line) => ({ line, ms: exactMs(line.time) }))
    .sort((a, b) => a.ms - b.ms || a.line.seq - b.line.seq);
  const begin = timed[0]?.ms ?? 0;
  const took = (timed.at(-1)?.ms ?? 0) - begin;
  const share = (ms: number): number => (took === 0 ? 0 : ms / took);
  const nextOf = new Map<string, number>();
  const moments: Moment[] = [];
  for (const { line, ms } of timed.toReversed()) {
    const next = nextOf.get(line.service);
    nextOf.set(line.service, ms);
    const gap = next === undefined ? undefined : next - ms;
    moments.push({
      line,
      offset: ms - begin,
      ...(gap === undefined ? {} : { gap }),
      start: share(ms - begin),
      width: share(gap ?? 0),
    });
  }
  moments.reverse();
  const lanes = new Map<string, Lane>();
  for (const { line, offset } of moments) {
    const lane = lanes.get(line.service) ?? {
      service: line.service,
      lines: 0,
      offset,
      took: 0,
      start: share(offset),
      width: 0,
    };
    const spent = offset - lane.offset;
    lanes.set(line.service, { ...lane, lines: lane.lines + 1, took: spent, width: share(spent) });
  }
  return { took, moments, lanes: [...lanes.values()] };
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number with so many decimals, in the signs of the language. */
function fixed(value: number, decimals: number): string {
  const key = `${language()} ${decimals}`;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false };
  const format = formats.get(key) ?? new Intl.NumberFormat(language(), digits);
  formats.set(key, format);
  return format.format(Number(value.toFixed(decimals)));
}

/** A length of time within a request: `0.4 ms`, `41 ms`, `1.24 s`. */
export function shortTime(ms: number): string {
  if (ms >= 10_000) return `${fixed(ms / 1000, 1)} s`;
  if (ms >= 1000) return `${fixed(ms / 1000, 2)} s`;
  return ms > 0 && ms < 10 ? `${fixed(ms, 1)} ms` : `${Math.round(ms)} ms`;
}
