import { assertNever } from '#kit/assert-never.ts';
import { duration } from '#ui/format.ts';
import { type ListedStep, StepList, type StepMark } from '#ui/step-list.tsx';
import { t, told } from '#words/index.ts';
import type { Stage, StageProgress } from './stages.ts';

function word({ progress, settled }: Stage, over: boolean): string {
  switch (progress) {
    case 'pending':
      if (!over) return t('stack:standing.next');
      return t(settled === 0 ? 'stack:standing.notReached' : 'stack:standing.brokenOff');
    case 'running':
      return t(over ? 'stack:standing.brokenOff' : 'stack:standing.running');
    case 'done':
      return t('stack:standing.done');
    case 'failed':
      return t('stack:standing.failed');
    case 'skipped':
      return t('stack:standing.notNeeded');
    default:
      return assertNever(progress);
  }
}

function markOf(progress: StageProgress, over: boolean): StepMark {
  if (progress === 'skipped' || (progress === 'running' && over)) return 'none';
  return progress;
}

function elapsed({ seconds, startedAt, progress }: Stage, now: number, over: boolean): string {
  if (progress === 'skipped' || progress === 'pending' || startedAt === undefined) return '';
  if (over && seconds === undefined) return '';
  return duration(seconds ?? Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1000)));
}

export interface StageListProps {
  stages: readonly Stage[];
  now: number;
  /** True once the operation has ended. */
  over: boolean;
  /** A message that is shown elsewhere already. */
  shown: string | undefined;
}

/** The stages of an operation with how each stands; what failed in one is told below it. */
export function StageList({ stages, now, over, shown }: StageListProps) {
  const steps = stages.map(
    (stage): ListedStep => ({
      name: stage.name,
      mark: markOf(stage.progress, over),
      word: t('stack:stageStanding', {
        word: word(stage, over),
        settled: stage.settled,
        total: stage.steps.length,
      }),
      time: elapsed(stage, now, over),
      messages: stage.steps.flatMap(({ problem }) =>
        problem === undefined || problem.message === shown ? [] : told(problem.message),
      ),
    }),
  );
  return <StepList label={t('stack:stages')} steps={steps} />;
}
