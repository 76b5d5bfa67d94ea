import type { HealthRules, RecordedProbe, ServiceHealth } from '#contract/index.ts';
import { clock, duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import css from './health-page.module.css';

const listed = 10;

const seconds = ({ startedAt, endedAt }: RecordedProbe): number =>
  Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);

function rulesWords({ interval, timeout, retries, startPeriod }: HealthRules): string {
  const rules = { interval: duration(interval), count: retries, timeout: duration(timeout) };
  return startPeriod > 0
    ? t('health:rulesWithGrace', { ...rules, grace: duration(startPeriod) })
    : t('health:rules', rules);
}

function resultsWords(all: number, failed: number, longest: string): string {
  if (all === 0) return t('health:noProbe');
  return failed === 0
    ? t('health:noneFailed', { count: all, longest })
    : t('health:someFailed', { count: all, failed, longest });
}

function barWords(probe: RecordedProbe): string {
  const words = { time: clock(probe.startedAt, true), took: duration(seconds(probe)) };
  return t(probe.exitCode === 0 ? 'health:passedIn' : 'health:failedIn', words);
}

function ProbeRow({ probe, several }: { probe: RecordedProbe; several: boolean }) {
  return (
    <tr>
      <td>{clock(probe.startedAt, true)}</td>
      {several ? <td>{probe.container}</td> : null}
      <td>{probe.exitCode === 0 ? t('health:passed') : t('health:failed', { exitCode: probe.exitCode })}</td>
      <td>{duration(seconds(probe))}</td>
      <td className={css['output']}>{plainText(probe.output.trim())}</td>
    </tr>
  );
}

/** The runs of the health command, as bars of their duration and as a list with their output. */
export function Probes({ service: { name, probes, rules } }: { service: ServiceHealth }) {
  if (rules === undefined) {
    return <p className={css['small']}>{t('health:noCommand')}</p>;
  }
  const longest = Math.max(0.001, ...probes.map(seconds));
  const failed = probes.filter(({ exitCode }) => exitCode !== 0).length;
  const several = new Set(probes.map(({ container }) => container)).size > 1;
  return (
    <section className={css['part']} aria-label={t('health:probes', { name })}>
      <div className={css['bars']} aria-hidden="true">
        {probes.map((probe) => (
          <i
            key={`${probe.container} ${probe.startedAt}`}
            data-tone={probe.exitCode === 0 ? 'ok' : 'bad'}
            style={{ height: `${Math.max(15, (seconds(probe) / longest) * 100)}%` }}
            title={barWords(probe)}
          />
        ))}
      </div>
      <p className={css['small']}>
        {resultsWords(probes.length, failed, duration(longest))} {rulesWords(rules)}
      </p>
      <details className={css['details']}>
        <summary>{t('health:whatProbesSaid')}</summary>
        <code className={css['command']}>{rules.command.join(' ')}</code>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reachable by keyboard */}
        <section className={css['scroll']} aria-label={t('health:probesOneByOne', { name })} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('health:time')}</th>
                {several ? <th scope="col">{t('health:container')}</th> : null}
                <th scope="col">{t('health:result')}</th>
                <th scope="col">{t('health:took')}</th>
                <th scope="col">{t('health:output')}</th>
              </tr>
            </thead>
            <tbody>
              {probes
                .slice(-listed)
                .toReversed()
                .map((probe) => (
                  <ProbeRow key={`${probe.container} ${probe.startedAt}`} probe={probe} several={several} />
                ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  );
}
