import { clockIn, count, counted } from '#ui/format.ts';

export interface Held {
  services: number;
  held: number;
  since?: string | undefined;
  dropped: number;
  /** Times are those of UTC. */
  utc?: boolean;
}

/** What of the logs is there: `2 services · 214,806 lines held since 09:12 · nothing dropped`. */
export function heldSentence({ services, held, since, dropped, utc = false }: Held): string {
  const from = since === undefined ? '' : ` since ${clockIn(utc, since)}`;
  const lost = dropped === 0 ? 'nothing dropped' : `${counted(dropped, 'line')} dropped`;
  return `${counted(services, 'service')} · ${count(held)} ${held === 1 ? 'line' : 'lines'} held${from} · ${lost}`;
}
