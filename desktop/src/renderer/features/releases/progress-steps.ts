import type { ReleaseStage } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { OperationView, StepView } from '#state/index.ts';
import { duration } from '#ui/format.ts';
import type { ListedStep, StepMark } from '#ui/step-list.tsx';
import { t, told } from '#words/index.ts';

const forward = ['prepare', 'swap', 'gate', 'settle'] as const satisfies readonly ReleaseStage[];

const isPull = ({ step }: StepView): boolean => step.kind === 'image.pull';
const isSettled = ({ progress }: StepView): boolean => progress !== 'pending' && progress !== 'running';

/** The steps of a stage: downloads belong to the first, all others to the swap. */
function stepsOf(view: OperationView, stage: ReleaseStage): readonly StepView[] {
  if (stage === 'prepare') return view.steps.filter(isPull);
  return stage === 'swap' ? view.steps.filter((step) => !isPull(step)) : [];
}

function markOf(view: OperationView, stage: ReleaseStage): StepMark {
  const begun = view.stages.findIndex((one) => one.stage === stage);
  if (begun === -1) return view.end === undefined ? 'pending' : 'none';
  const next = view.stages[begun + 1]?.stage;
  if (next !== undefined) return next === 'return' ? 'failed' : 'done';
  if (view.end === undefined) return 'running';
  const good = view.end.outcome === 'done' || (stage === 'return' && view.end.outcome !== 'unrestored');
  return good ? 'done' : 'failed';
}

function wordOf(view: OperationView, stage: ReleaseStage, mark: StepMark): string {
  const steps = stepsOf(view, stage);
  if (stage === 'prepare' && steps.length === 0 && mark === 'done') return t('releases:allHere');
  const shown = mark === 'failed' && view.end?.outcome === 'cancelled' ? 'cancelled' : mark;
  const word = t(`releases:mark.${shown}`);
  if (steps.length === 0) return word;
  return t('releases:markCounted', { mark: word, done: steps.filter(isSettled).length, all: steps.length });
}

function timeOf(view: OperationView, stage: ReleaseStage, now: number): string {
  const begun = view.stages.findIndex((one) => one.stage === stage);
  const from = view.stages[begun];
  if (from === undefined) return '';
  const next = view.stages[begun + 1];
  const end = view.end === undefined ? now : Date.parse(view.startedAt) + view.end.seconds * 1000;
  const to = next === undefined ? end : Date.parse(next.at);
  return duration(Math.max(0, (to - Date.parse(from.at)) / 1000));
}

/** The parts of a deploy or rollback with how each stands; the way back is among them only where it is taken. */
export function progressSteps(view: OperationView, now: number): readonly ListedStep[] {
  const returns = view.stages.some(({ stage }) => stage === 'return');
  const shown = returns
    ? view.stages.map(({ stage }) => stage)
    : view.end === undefined || view.end.outcome === 'done'
      ? forward
      : forward.filter((stage) => stage !== 'settle');
  return shown.map((stage): ListedStep => {
    const mark = markOf(view, stage);
    const problems = stepsOf(view, stage).flatMap(({ problem }) => problem?.message ?? []);
    const shown = view.end?.problem?.message;
    return {
      name: t(`releases:stage.${stage}`),
      mark,
      word: wordOf(view, stage, mark),
      time: timeOf(view, stage, now),
      messages: problems.filter((message) => message !== shown).map(told),
    };
  });
}

function shareOf(view: OperationView, stage: ReleaseStage): number {
  const steps = stepsOf(view, stage);
  if (steps.length === 0) return 0.5;
  const shares = steps.map((one) => {
    if (isSettled(one)) return 1;
    const pull = view.pulls[one.step.service ?? ''];
    return isPull(one) && pull !== undefined && pull.total > 0 ? Math.min(0.99, pull.current / pull.total) : 0;
  });
  return shares.reduce((sum, share) => sum + share, 0) / steps.length;
}

/** How far it is, from 0 to 1; nothing on the way back, whose end cannot be foreseen. */
export function progressValue(view: OperationView): number | undefined {
  const stage = view.stages.at(-1)?.stage ?? 'prepare';
  switch (stage) {
    case 'prepare':
      return 0.4 * shareOf(view, stage);
    case 'swap':
      return 0.4 + 0.4 * shareOf(view, stage);
    case 'gate':
      return 0.85;
    case 'settle':
      return 0.97;
    case 'return':
      return undefined;
    default:
      return assertNever(stage);
  }
}
