import type { HealthRules, RecordedProbe, ServiceHealth } from '#contract/index.ts';
import { clock, counted, duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import css from './health-page.module.css';

const listed = 10;

const seconds = ({ startedAt, endedAt }: RecordedProbe): number =>
  Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);

function rulesWords({ interval, timeout, retries, startPeriod }: HealthRules): string {
  const grace = startPeriod > 0 ? `, failures in the first ${duration(startPeriod)} do not count` : '';
  return `Probed every ${duration(interval)}; unhealthy after ${counted(retries, 'failure')} in a row; a probe may take ${duration(timeout)}${grace}.`;
}

function ProbeRow({ probe, several }: { probe: RecordedProbe; several: boolean }) {
  return (
    <tr>
      <td>{clock(probe.startedAt, true)}</td>
      {several ? <td>{probe.container}</td> : null}
      <td>{probe.exitCode === 0 ? 'passed' : `failed (${probe.exitCode})`}</td>
      <td>{duration(seconds(probe))}</td>
      <td className={css['output']}>{plainText(probe.output.trim())}</td>
    </tr>
  );
}

/** The runs of the health command, as bars of their duration and as a list with their output. */
export function Probes({ service: { name, probes, rules } }: { service: ServiceHealth }) {
  if (rules === undefined) {
    return <p className={css['small']}>It has no health command: that it runs is all that is known.</p>;
  }
  const longest = Math.max(0.001, ...probes.map(seconds));
  const failed = probes.filter(({ exitCode }) => exitCode !== 0).length;
  const several = new Set(probes.map(({ container }) => container)).size > 1;
  return (
    <section className={css['part']} aria-label={`Probes of ${name}`}>
      <div className={css['bars']} aria-hidden="true">
        {probes.map((probe) => (
          <i
            key={`${probe.container} ${probe.startedAt}`}
            data-tone={probe.exitCode === 0 ? 'ok' : 'bad'}
            style={{ height: `${Math.max(15, (seconds(probe) / longest) * 100)}%` }}
            title={`${clock(probe.startedAt, true)}: ${probe.exitCode === 0 ? 'passed' : 'failed'} in ${duration(seconds(probe))}`}
          />
        ))}
      </div>
      <p className={css['small']}>
        {probes.length === 0
          ? 'No probe has run yet.'
          : `${counted(probes.length, 'probe')}, ${failed === 0 ? 'none failed' : `${failed} failed`}, the longest took ${duration(longest)}.`}{' '}
        {rulesWords(rules)}
      </p>
      <details className={css['details']}>
        <summary>Probes and what they said</summary>
        <code className={css['command']}>{rules.command.join(' ')}</code>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled has to be reachable by keyboard */}
        <section className={css['scroll']} aria-label={`Probes of ${name}, one by one`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {several ? <th scope="col">Container</th> : null}
                <th scope="col">Result</th>
                <th scope="col">Took</th>
                <th scope="col">Output</th>
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
