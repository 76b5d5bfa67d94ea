import { clockIn } from '#ui/format.ts';
import { t } from '#words/index.ts';

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
  const lines =
    since === undefined
      ? t('logs:held.lines', { count: held })
      : t('logs:held.linesSince', { count: held, since: clockIn(utc, since) });
  const lost = dropped === 0 ? t('logs:held.nothingDropped') : t('logs:held.dropped', { count: dropped });
  return [t('logs:held.services', { count: services }), lines, lost].join(' · ');
}
