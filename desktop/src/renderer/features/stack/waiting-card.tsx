import { Card } from '#ui/card.tsx';
import { duration } from '#ui/format.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { serviceLook } from './conditions.ts';
import type { Waiting } from './waiting.ts';
import css from './waiting-card.module.css';

/** Says for each waiting service why it waits; shown only while one does. */
export function WaitingCard({
  waiting,
  now,
  since,
}: {
  waiting: readonly Waiting[];
  now: number;
  since: string | undefined;
}) {
  const elapsed = since === undefined ? undefined : duration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)));
  return (
    <Card title={since === undefined ? 'Why it waits' : 'Starting: why it waits'} aside={elapsed}>
      <ul className={css['list']}>
        {waiting.map(({ service, condition, reason, since: started }) => (
          <li key={service} className={css['row']}>
            <b>{service}</b>
            <span>
              <StateBadge {...serviceLook(condition)} />
            </span>
            <span className={css['reason']}>{reason}</span>
            <span className={css['time']}>
              {started === undefined ? '' : duration(Math.max(0, Math.floor((now - Date.parse(started)) / 1000)))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
