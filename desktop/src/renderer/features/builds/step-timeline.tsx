import { Check, ChevronRight, Circle, CircleSlash, LoaderCircle, OctagonAlert } from 'lucide-react';
import type { BuildLog, BuildRecord, BuildStep } from '#contract/index.ts';
import { inOrder } from '#kit/build-order.ts';
import { duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import css from './builds-page.module.css';
import type { Change } from './compare.ts';
import { type Bar, barsOf } from './timeline.ts';

/** What the builder says of steps that it stopped, because another one failed or somebody cancelled. */
const wasStopped = ({ error }: BuildStep): boolean => error?.trim().endsWith('context canceled') === true;
const hasFailed = (step: BuildStep): boolean => step.error !== undefined && !wasStopped(step);

function StepIcon({ step, running }: { step: BuildStep; running: boolean }) {
  if (wasStopped(step)) return <CircleSlash size={14} aria-label={t('builds:step.stopped')} />;
  if (hasFailed(step)) return <OctagonAlert size={14} aria-label={t('builds:step.failed')} className={css['bad']} />;
  if (step.completedAt !== undefined || step.cached)
    return <Check size={14} aria-label={t('builds:step.done')} className={css['ok']} />;
  if (step.startedAt !== undefined && running)
    return <LoaderCircle size={14} aria-label={t('builds:step.running')} className={css['spin']} />;
  return <Circle size={14} aria-label={t('builds:step.notDone')} />;
}

interface StepProps {
  step: BuildStep;
  bar: Bar | undefined;
  change: Change | undefined;
  running: boolean;
}

function StepLine({ step, bar, change, running }: StepProps) {
  return (
    <>
      <StepIcon step={step} running={running} />
      <span className={css['name']} title={plainText(step.name)}>
        {step.stage === undefined ? null : <small>{step.stage}</small>} {plainText(step.name)}
      </span>
      <span className={css['track']} aria-hidden="true">
        {bar === undefined ? null : (
          <i
            data-tone={hasFailed(step) ? 'bad' : 'ok'}
            style={{ left: `${bar.from * 100}%`, width: `${bar.width * 100}%` }}
          />
        )}
      </span>
      <span className={css['took']}>
        {step.cached ? t('builds:cached') : step.seconds === undefined ? '' : duration(step.seconds)}
      </span>
      {change === undefined ? null : <small className={css['change']}>{t(`builds:change.${change}`)}</small>}
    </>
  );
}

function Output({ label, log: { lines, hidden } }: { label: string; log: BuildLog }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section className={css['output']} aria-label={label} tabIndex={0}>
      <pre>
        {hidden === 0 ? '' : `${t('builds:notKept', { count: hidden })}\n`}
        {plainText(lines.join('\n'))}
      </pre>
    </section>
  );
}

export interface StepTimelineProps {
  build: BuildRecord;
  changes: ReadonlyMap<string, Change>;
  running: boolean;
  now: number;
}

/** The steps as they ran, each with its bar in the time of the build and what it printed. */
export function StepTimeline({ build, changes, running, now }: StepTimelineProps) {
  const bars = barsOf(build.steps, running ? now : Date.parse(build.startedAt) + build.seconds * 1000);
  if (build.steps.length === 0)
    return <p className={css['small']}>{t(running ? 'builds:notBegun' : 'builds:noStep')}</p>;
  const logs = new Map(build.logs.map((log) => [log.step, log]));
  return (
    <ol className={css['steps']} aria-label={t('builds:stepsOf', { service: build.service })}>
      {inOrder(build.steps).map((step) => {
        const log = logs.get(step.id);
        const line = <StepLine step={step} bar={bars.get(step.id)} change={changes.get(step.id)} running={running} />;
        if (log === undefined) {
          return (
            <li key={step.id} className={css['step']}>
              <span className={css['twist']} />
              {line}
            </li>
          );
        }
        return (
          <li key={step.id}>
            <details open={hasFailed(step)}>
              <summary className={css['step']}>
                <ChevronRight size={14} aria-hidden="true" className={css['twist']} />
                {line}
              </summary>
              <Output label={t('builds:outputOf', { step: plainText(step.name) })} log={log} />
            </details>
          </li>
        );
      })}
    </ol>
  );
}
