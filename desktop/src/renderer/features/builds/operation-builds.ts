import type { BuildOutcome, BuildRecord } from '#contract/index.ts';
import type { OperationView, StepView } from '#state/index.ts';

/** A build of the operation that is followed, in the form of those that have been written down. */
export interface OperationBuild {
  readonly record: BuildRecord;
  readonly running: boolean;
}

/** Builds that the operation has begun; those that have ended are here until the list has them. */
export function operationBuilds(view: OperationView | undefined, now: number): OperationBuild[] {
  if (view === undefined) return [];
  return view.steps.flatMap((step) => {
    const { service, kind } = step.step;
    if (kind !== 'image.build' || service === undefined || step.startedAt === undefined) return [];
    if (step.progress === 'pending' || step.progress === 'skipped') return [];
    return [{ record: recordOf(view, step, service, step.startedAt, now), running: isRunning(view, step) }];
  });
}

const isRunning = (view: OperationView, { progress }: StepView): boolean =>
  progress === 'running' && view.end === undefined;

function recordOf(view: OperationView, step: StepView, service: string, startedAt: string, now: number): BuildRecord {
  const build = view.builds[service];
  const steps = [...(build?.steps ?? [])];
  const outcome = outcomeOf(view, step);
  return {
    id: `${view.id}.${service}`,
    service,
    image: step.step.resource,
    startedAt,
    seconds: step.seconds ?? Math.max(0, (now - Date.parse(startedAt)) / 1000),
    outcome,
    stepCount: steps.length,
    cachedCount: steps.filter(({ cached }) => cached).length,
    steps,
    logs: Object.entries(build?.logs ?? {}).map(([id, { lines, hidden }]) => ({
      step: id,
      lines: [...lines],
      hidden,
    })),
    ...(outcome === 'failed' && step.problem !== undefined ? { problem: step.problem } : {}),
  };
}

function outcomeOf({ end }: OperationView, { progress, problem }: StepView): BuildOutcome {
  if (problem?.code === 'OPERATION_CANCELLED') return 'cancelled';
  if (progress === 'running' && end !== undefined && end.outcome !== 'done')
    return end.outcome === 'cancelled' ? 'cancelled' : 'failed';
  return progress === 'failed' ? 'failed' : 'done';
}
