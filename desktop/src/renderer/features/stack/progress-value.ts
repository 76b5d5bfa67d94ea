import type { BuildStep } from '#contract/index.ts';
import type { OperationView, StepView } from '#state/index.ts';

function shareOfBuild(steps: readonly BuildStep[]): number {
  if (steps.length === 0) return 0;
  return steps.filter(({ completedAt, cached }) => completedAt !== undefined || cached).length / steps.length;
}

function shareOf(view: OperationView, { step, progress }: StepView): number {
  if (progress === 'done' || progress === 'skipped' || progress === 'failed') return 1;
  if (progress === 'pending') return 0;
  const service = step.service ?? '';
  const pull = view.pulls[service];
  if (step.kind === 'image.pull' && pull !== undefined)
    return pull.total > 0 ? Math.min(0.99, pull.current / pull.total) : 0;
  const build = view.builds[service];
  return step.kind === 'image.build' && build !== undefined ? Math.min(0.95, shareOfBuild(build.steps)) : 0;
}

/** Images and waiting take most of the time: they weigh more than the rest. */
function weightOf({ step }: StepView): number {
  switch (step.kind) {
    case 'image.build':
    case 'image.pull':
      return 8;
    case 'service.wait':
      return 4;
    default:
      return 1;
  }
}

/** How far an operation is, from 0 to 1; nothing where its plan has no steps. */
export function progressValue(view: OperationView): number | undefined {
  const all = view.steps.reduce((sum, step) => sum + weightOf(step), 0);
  if (all === 0) return undefined;
  return view.steps.reduce((sum, step) => sum + weightOf(step) * shareOf(view, step), 0) / all;
}
