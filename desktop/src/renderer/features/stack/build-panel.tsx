import { Check, ChevronRight, Circle, LoaderCircle, OctagonAlert } from 'lucide-react';
import type { BuildStep, Problem } from '#contract/index.ts';
import { inOrder } from '#kit/build-order.ts';
import { type BuildView, buildFailureOf, type LogTail } from '#state/index.ts';
import { CodeExcerpt } from '#ui/code-excerpt.tsx';
import { bytes, duration } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import css from './build-panel.module.css';

function StepIcon({ step }: { step: BuildStep }) {
  if (step.error !== undefined) {
    return <OctagonAlert size={14} aria-label={t('stack:standing.failed')} className={css['bad']} />;
  }
  if (step.completedAt !== undefined || step.cached) {
    return <Check size={14} aria-label={t('stack:standing.done')} className={css['ok']} />;
  }
  if (step.startedAt !== undefined) {
    return <LoaderCircle size={14} aria-label={t('stack:standing.running')} className={css['spin']} />;
  }
  return <Circle size={14} aria-label={t('stack:standing.next')} />;
}

function sizeOf({ current, total }: NonNullable<BuildStep['bytes']>): string {
  return current < total ? t('stack:partOf', { part: bytes(current), whole: bytes(total) }) : bytes(total);
}

function measure({ cached, seconds, bytes: moved }: BuildStep): string {
  const size = moved === undefined || moved.total === 0 ? [] : [sizeOf(moved)];
  const time = seconds === undefined || cached ? [] : [duration(seconds)];
  return [...size, ...time].join(' · ');
}

function Tail({ tail }: { tail: LogTail }) {
  return (
    <pre className={css['output']}>
      {tail.hidden === 0 ? null : (
        <span className={css['quiet']}>
          {t('stack:hiddenLines', { count: tail.hidden })}
          {'\n'}
        </span>
      )}
      {plainText(tail.lines.join('\n'))}
    </pre>
  );
}

function StepHead({ step }: { step: BuildStep }) {
  return (
    <>
      <StepIcon step={step} />
      {step.stage === undefined ? null : <span className={css['stage']}>{step.stage}</span>}
      <span className={css['name']} title={step.name}>
        {plainText(step.name)}
      </span>
      {step.cached ? <span className={css['cached']}>{t('stack:cached')}</span> : null}
      <span className={css['measure']}>{measure(step)}</span>
    </>
  );
}

function Step({ step, tail }: { step: BuildStep; tail: LogTail | undefined }) {
  if (tail === undefined) {
    return (
      <li className={css['step']}>
        <div className={css['line']}>
          <span className={css['gap']} />
          <StepHead step={step} />
        </div>
      </li>
    );
  }
  const live = step.completedAt === undefined && step.startedAt !== undefined;
  return (
    <li className={css['step']}>
      <details open={step.error !== undefined || live}>
        <summary className={css['line']}>
          <ChevronRight size={14} aria-hidden="true" className={css['twist']} />
          <StepHead step={step} />
        </summary>
        <Tail
          tail={
            live
              ? { ...tail, lines: tail.lines.slice(-8), hidden: tail.hidden + Math.max(0, tail.lines.length - 8) }
              : tail
          }
        />
      </details>
    </li>
  );
}

function summary(steps: readonly BuildStep[]): string {
  const done = steps.filter(({ completedAt, cached }) => completedAt !== undefined || cached).length;
  const cached = steps.filter((step) => step.cached).length;
  const all = t('stack:buildSteps', { done, count: steps.length });
  return cached === 0 ? all : `${all} · ${t('stack:cachedSteps', { cached })}`;
}

/** An image build step by step; the failing step is open, with its output and the lines of the Dockerfile around it. */
export function BuildPanel({
  build,
  problem,
  over,
}: {
  build: BuildView;
  problem: Problem | undefined;
  over: boolean;
}) {
  const failure = buildFailureOf(problem);
  return (
    <details className={css['build']} open={problem !== undefined || !over}>
      <summary className={css['head']}>
        <ChevronRight size={16} aria-hidden="true" className={css['twist']} />
        <h3>{t('stack:buildOf', { service: build.service })}</h3>
        <span className={css['measure']}>{summary(build.steps)}</span>
      </summary>
      {failure === undefined ? null : (
        <div className={css['failure']}>
          <CodeExcerpt name={failure.dockerfile ?? 'Dockerfile'} lines={failure.excerpt} />
        </div>
      )}
      <ol className={css['steps']}>
        {inOrder(build.steps).map((step) => (
          <Step key={step.id} step={step} tail={build.logs[step.id]} />
        ))}
      </ol>
    </details>
  );
}
