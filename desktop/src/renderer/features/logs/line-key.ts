import type { LogLine } from '#contract/index.ts';

/** Names a line in an address: when and from which container it came. Seqs begin anew with each core. */
export function lineKey({ time, container }: Pick<LogLine, 'time' | 'container'>): string {
  return `${time}~${container}`;
}

/** When the line came that a key names; undefined where it is none. */
export function timeOfKey(key: string | undefined): string | undefined {
  const time = key?.split('~', 1)[0] ?? '';
  return Number.isNaN(Date.parse(time)) ? undefined : time;
}
