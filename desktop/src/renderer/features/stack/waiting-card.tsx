import { Card } from '#ui/card.tsx';
import { cx } from '#ui/cx.ts';
import { duration } from '#ui/format.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import { serviceLook } from './conditions.ts';
import css from './waiting-card.module.css';
import { type ChainRow, phases } from './waterfall.ts';

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;

/** What a service did since the begin of the start, along one line; its story says the same in words. */
function Track({ stretches, probes, story }: Pick<ChainRow, 'stretches' | 'probes' | 'story'>) {
  return (
    <span className={css['track']} role="img" aria-label={story} title={story}>
      {stretches.map(({ phase, from, to }) => (
        <i
          key={`${phase}${from}`}
          className={cx(css['stretch'], css[phase])}
          style={{ left: percent(from), width: percent(to - from) }}
        />
      ))}
      {probes.map(({ at, ok }) => (
        <i
          key={`${at}${String(ok)}`}
          className={cx(css['probe'], css[ok ? 'passed' : 'missed'])}
          style={{ left: percent(at) }}
        />
      ))}
    </span>
  );
}

/** What the stretches and marks of the lines stand for: those that are there to be seen. */
function Legend({ chain }: { chain: readonly ChainRow[] }) {
  const seen = new Set(chain.flatMap(({ stretches }) => stretches.map(({ phase }) => phase)));
  const results = new Set(chain.flatMap(({ probes }) => probes.map(({ ok }) => ok)));
  const keys = [
    ...phases.flatMap((phase) =>
      seen.has(phase) ? [[css['stretch'], css[phase], t(`stack:phase.${phase}`)] as const] : [],
    ),
    ...(results.has(true) ? [[css['probe'], css['passed'], t('stack:probePassed')] as const] : []),
    ...(results.has(false) ? [[css['probe'], css['missed'], t('stack:probeFailed')] as const] : []),
  ];
  if (keys.length === 0) return null;
  return (
    <ul className={css['legend']} aria-label={t('stack:linesShow')}>
      {keys.map(([shape, look, word]) => (
        <li key={word}>
          <span className={css['key']} aria-hidden="true">
            <i className={cx(shape, look)} />
          </span>
          {word}
        </li>
      ))}
    </ul>
  );
}

/** Why the services of a start wait, along the chain of those that need each other; shown only while one waits. */
export function WaitingCard({
  chain,
  now,
  since,
}: {
  chain: readonly ChainRow[];
  now: number;
  since: string | undefined;
}) {
  const elapsed = since === undefined ? undefined : duration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)));
  return (
    <Card
      title={t(since === undefined ? 'stack:whyWaits' : 'stack:startingWhyWaits')}
      aside={elapsed}
      footer={<Legend chain={chain} />}
    >
      <ul className={css['list']}>
        {chain.map(({ service, condition, reason, since: started, ...track }) => (
          <li key={service} className={css['row']}>
            <b>{service}</b>
            <span>
              <StateBadge {...serviceLook(condition)} />
            </span>
            <span className={css['reason']}>{told(reason) ?? track.story}</span>
            <span className={css['time']}>
              {started === undefined ? '' : duration(Math.max(0, Math.floor((now - Date.parse(started)) / 1000)))}
            </span>
            {track.stretches.length === 0 ? null : <Track {...track} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
