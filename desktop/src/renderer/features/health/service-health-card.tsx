import type { ServiceHealth } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { clock, decimal, duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './health-page.module.css';
import type { LookOf } from './health-page.tsx';
import { Probes } from './probes.tsx';
import { Readiness } from './readiness.tsx';
import { stretchesOf, wellShare } from './timeline.ts';

export interface ServiceHealthCardProps {
  service: ServiceHealth;
  now: number;
  lookOf: LookOf;
}

const shownChanges = 6;

function Timeline({ service: { name, changes }, now, lookOf }: ServiceHealthCardProps) {
  const stretches = stretchesOf(changes, now);
  const share = wellShare(changes, now);
  const recent = stretches.slice(-shownChanges).toReversed();
  return (
    <section className={css['part']} aria-label={t('health:states', { name })}>
      <div className={css['line']} aria-hidden="true">
        {stretches.map(({ change, from, to, share: width }) => (
          <i
            key={change.at}
            data-tone={lookOf(change.condition).tone}
            style={{ flexGrow: width }}
            title={t('health:stretch', {
              condition: lookOf(change.condition).word,
              from: clock(from, true),
              to: clock(to, true),
            })}
          />
        ))}
      </div>
      <ol className={css['changes']} reversed>
        {recent.map(({ change, from, to }) => (
          <li key={change.at}>
            <time dateTime={change.at}>{clock(from, true)}</time>
            <b>{lookOf(change.condition).word}</b>
            <span>{change.reason === undefined ? '' : plainText(told(change.reason))}</span>
            <small>{t('health:lasted', { time: duration((to - from) / 1000) })}</small>
          </li>
        ))}
      </ol>
      <p className={css['small']}>
        {[
          stretches.length > shownChanges ? t('health:earlierChanges', { count: stretches.length - shownChanges }) : '',
          share === undefined ? '' : t('health:wellShare', { share: decimal(share * 100, true) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </section>
  );
}

/** One service: its states over time, its probes, its readiness. */
export function ServiceHealthCard(props: ServiceHealthCardProps) {
  const { service, lookOf } = props;
  const { name, condition, reason } = service;
  return (
    <Card title={name} aside={<StateBadge {...lookOf(condition)} />}>
      <div className={css['service']}>
        {reason === undefined ? null : <p className={css['reason']}>{plainText(reason)}</p>}
        <Timeline {...props} />
        <Probes service={service} />
        <Readiness service={service} />
      </div>
    </Card>
  );
}
