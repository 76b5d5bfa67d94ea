import type { StepKind } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { StepView } from '#state/index.ts';
import { t } from '#words/index.ts';

export type StageProgress = 'pending' | 'running' | 'done' | 'failed' | 'skipped';

/** A stretch of an operation that people know: its steps, how many are settled, and how it stands. */
export interface Stage {
  name: string;
  steps: readonly StepView[];
  settled: number;
  progress: StageProgress;
  /** ISO time at which its first step began. */
  startedAt?: string | undefined;
  /** Seconds from the first begin to the last end, once all steps are settled. */
  seconds?: number;
}

type StageName =
  | 'pullImages'
  | 'buildImages'
  | 'removeImages'
  | 'nameImages'
  | 'prepare'
  | 'startServices'
  | 'stopServices'
  | 'removeContainers'
  | 'removeNetworks'
  | 'deleteVolumes'
  | 'wait';

function stageName(kind: StepKind): StageName {
  switch (kind) {
    case 'image.pull':
      return 'pullImages';
    case 'image.build':
      return 'buildImages';
    case 'image.remove':
      return 'removeImages';
    case 'image.tag':
      return 'nameImages';
    case 'network.create':
    case 'volume.create':
      return 'prepare';
    case 'container.create':
    case 'container.start':
    case 'container.restart':
    case 'container.rename':
      return 'startServices';
    case 'container.stop':
      return 'stopServices';
    case 'container.remove':
      return 'removeContainers';
    case 'network.remove':
      return 'removeNetworks';
    case 'volume.remove':
      return 'deleteVolumes';
    case 'service.wait':
      return 'wait';
    default:
      return assertNever(kind);
  }
}

function isSettled({ progress }: StepView): boolean {
  return progress === 'done' || progress === 'failed' || progress === 'skipped';
}

function progressOf(steps: readonly StepView[]): StageProgress {
  if (steps.some(({ progress }) => progress === 'failed')) return 'failed';
  if (steps.every(({ progress }) => progress === 'skipped')) return 'skipped';
  if (steps.every(isSettled)) return 'done';
  return steps.some(({ progress }) => progress === 'running') ? 'running' : 'pending';
}

function spanSeconds(steps: readonly StepView[]): number {
  const spans = steps.flatMap(({ startedAt, seconds }) =>
    startedAt === undefined ? [] : [{ from: Date.parse(startedAt), to: Date.parse(startedAt) + (seconds ?? 0) * 1000 }],
  );
  if (spans.length === 0) return 0;
  return (Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from))) / 1000;
}

/** Where containers are replaced, stopping and removing the old ones is a part of starting the new. */
function namer(steps: readonly StepView[]): (kind: StepKind) => StageName {
  const starts = steps.some(({ step }) => step.kind === 'container.create' || step.kind === 'container.start');
  return (kind) => stageName(starts && kind.startsWith('container.') ? 'container.start' : kind);
}

/** The stages of an operation, in the order in which its plan reaches them. */
export function stagesOf(steps: readonly StepView[]): readonly Stage[] {
  const name = namer(steps);
  return [...Map.groupBy(steps, ({ step }) => name(step.kind))].map(([stage, own]) => {
    const progress = progressOf(own);
    const begun = own.flatMap(({ startedAt }) => startedAt ?? []).sort();
    return {
      name: t(`stack:stage.${stage}`),
      steps: own,
      settled: own.filter(isSettled).length,
      progress,
      startedAt: begun[0],
      ...(own.every(isSettled) ? { seconds: spanSeconds(own) } : {}),
    };
  });
}
