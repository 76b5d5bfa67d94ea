import { Card } from '#ui/card.tsx';
import { clock, duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './activity-page.module.css';
import { codeWords, type Deed, deedLook, deedWords, whoWords } from './deeds.ts';

interface DeedRowProps {
  deed: Deed;
  running: string | undefined;
  /** Deeds of other projects are in the list, too. */
  everywhere: boolean;
}

function DeedRow({ deed: { entry, at }, running, everywhere }: DeedRowProps) {
  const { origin, via, project, environment, seconds, summary, code } = entry;
  const host = t(`activity:host.${via}`);
  const from = origin === undefined ? host : t('activity:hostAt', { host, origin });
  const where = everywhere && project !== '' ? t('activity:where', { project, environment }) : undefined;
  const took = seconds === undefined ? undefined : duration(seconds);
  return (
    <li className={css['row']}>
      <time className={css['time']} dateTime={at} title={at}>
        {clock(at)}
      </time>
      <div className={css['deed']}>
        <b>{deedWords(entry)}</b>
        <span className={css['who']}>
          {[t('activity:by', { actor: whoWords(entry), from }), where, took].filter(Boolean).join(' · ')}
        </span>
        {summary === undefined ? null : <p>{plainText(told(summary))}</p>}
        {summary === undefined && code !== undefined ? <p>{codeWords(code)}</p> : null}
      </div>
      <StateBadge {...deedLook(entry, running)} />
    </li>
  );
}

export interface DayCardProps {
  day: string;
  deeds: readonly Deed[];
  running: string | undefined;
  everywhere: boolean;
}

/** What was done on one day. */
export function DayCard({ day, deeds, running, everywhere }: DayCardProps) {
  return (
    <Card title={day} aside={t('activity:actions', { count: deeds.length })}>
      <ul className={css['rows']}>
        {deeds.map((deed) => (
          <DeedRow key={deed.entry.seq} deed={deed} running={running} everywhere={everywhere} />
        ))}
      </ul>
    </Card>
  );
}
