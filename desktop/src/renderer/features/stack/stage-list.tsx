import { Check, Circle, LoaderCircle, Minus, OctagonAlert } from 'lucide-react';
import { assertNever } from '#kit/assert-never.ts';
import { cx } from '#ui/cx.ts';
import { duration } from '#ui/format.ts';
import css from './operation-card.module.css';
import type { Stage, StageProgress } from './stages.ts';

function word({ progress, settled }: Stage, over: boolean): string {
  switch (progress) {
    case 'pending':
      if (!over) return 'next';
      return settled === 0 ? 'not reached' : 'broken off';
    case 'running':
      return over ? 'broken off' : 'running';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'skipped':
      return 'not needed';
    default:
      return assertNever(progress);
  }
}

function StageIcon({ progress, over }: { progress: StageProgress; over: boolean }) {
  switch (progress) {
    case 'running':
      return over ? (
        <Minus size={16} aria-hidden="true" />
      ) : (
        <LoaderCircle size={16} aria-hidden="true" className={css['spin']} />
      );
    case 'done':
      return <Check size={16} aria-hidden="true" className={css['done']} />;
    case 'failed':
      return <OctagonAlert size={16} aria-hidden="true" className={css['failed']} />;
    case 'pending':
      return <Circle size={16} aria-hidden="true" />;
    case 'skipped':
      return <Minus size={16} aria-hidden="true" />;
    default:
      return assertNever(progress);
  }
}

function elapsed({ seconds, startedAt, progress }: Stage, now: number): string {
  if (progress === 'skipped' || progress === 'pending' || startedAt === undefined) return '';
  return duration(seconds ?? Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1000)));
}

export interface StageListProps {
  stages: readonly Stage[];
  now: number;
  /** True once the operation has ended. */
  over: boolean;
  /** A message that is shown elsewhere already. */
  told: string | undefined;
}

/** The stages of an operation with how each stands; what failed in one is told below it. */
export function StageList({ stages, now, over, told }: StageListProps) {
  return (
    <ol className={css['stages']} aria-label="Stages">
      {stages.map((stage) => (
        <li key={stage.name} className={cx(css['stage'], stage.progress === 'pending' && css['later'])}>
          <StageIcon progress={stage.progress} over={over} />
          <span className={css['stageName']}>{stage.name}</span>
          <span className={css['stageState']}>
            {word(stage, over)} · {stage.settled} of {stage.steps.length}
          </span>
          <span className={css['stageTime']}>{over && stage.seconds === undefined ? '' : elapsed(stage, now)}</span>
          {stage.steps.flatMap(({ step, problem }) =>
            problem === undefined || problem.message === told ? (
              []
            ) : (
              <span key={step.id} className={css['stageProblem']}>
                {problem.message}
              </span>
            ),
          )}
        </li>
      ))}
    </ol>
  );
}
