import type { ReadinessAnswer, ServiceHealth } from '#contract/index.ts';
import { clock, decimal } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import type { SparkPoint } from '#ui/spark-lines.ts';
import { Sparkline } from '#ui/sparkline.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './health-page.module.css';

const wellWords = new Set(['healthy', 'ok', 'up', 'pass', 'ready', 'alive']);

/** What the answers of one container said of one need, oldest first. */
function latenciesOf(answers: readonly ReadinessAnswer[], check: string): SparkPoint[] {
  return answers
    .flatMap(({ checks }) => checks.find(({ name }) => name === check)?.latencyMs ?? [])
    .map((value, at) => ({ at, value }));
}

interface ChecksProps {
  name: string;
  answers: readonly ReadinessAnswer[];
  last: ReadinessAnswer;
}

function Checks({ name, answers, last }: ChecksProps) {
  if (last.checks.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reachable by keyboard
    <section className={css['scroll']} aria-label={t('health:needsOf', { name })} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('health:needs')}</th>
            <th scope="col">{t('health:state')}</th>
            <th scope="col">{t('health:answersIn')}</th>
            <th scope="col">{t('health:overTime')}</th>
          </tr>
        </thead>
        <tbody>
          {last.checks.map(({ name: need, status, latencyMs, error }) => (
            <tr key={need}>
              <th scope="row">{plainText(need)}</th>
              <td>
                <StateBadge
                  {...(wellWords.has(status)
                    ? ({ tone: 'ok', icon: 'check' } as const)
                    : ({ tone: 'warn', icon: 'alert' } as const))}
                  word={plainText(error ?? status)}
                />
              </td>
              <td>{latencyMs === undefined ? '' : `${decimal(latencyMs, latencyMs < 10)} ms`}</td>
              <td>
                <Sparkline points={latenciesOf(answers, need)} atLeast={1} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What the application itself says of whether it is ready, and of what it needs. */
export function Readiness({ service: { name, readiness } }: { service: ServiceHealth }) {
  const last = readiness.at(-1);
  if (last === undefined) return null;
  const own = readiness.filter(({ container }) => container === last.container);
  return (
    <section className={css['part']} aria-label={t('health:readiness', { name })}>
      <p className={css['ready']}>
        <StateBadge
          {...(last.ready
            ? ({ tone: 'ok', icon: 'check', word: t('health:ready') } as const)
            : ({ tone: 'warn', icon: 'alert', word: t('health:notReady') } as const))}
        />
        <span>{last.reason === undefined ? '' : plainText(told(last.reason))}</span>
        <small>{t('health:askedAt', { time: clock(last.at, true) })}</small>
      </p>
      <Checks name={name} answers={own} last={last} />
    </section>
  );
}
