import {
  type BuildOutcome,
  type BuildRecord,
  type BuildStep,
  type EndOutcome,
  keptBuildLines,
  type OperationEvent,
  type PlanStep,
  type Problem,
} from '#contract/index.ts';

/** Characters that are kept of a line. */
const keptLength = 4096;

type Told<T extends OperationEvent['type']> = Extract<OperationEvent, { type: T }>;

interface Log {
  readonly lines: string[];
  hidden: number;
}

interface Build {
  readonly step: PlanStep;
  readonly startedAt: string;
  readonly steps: Map<string, BuildStep>;
  readonly logs: Map<string, Log>;
}

/** Folds what an operation tells into the builds that it makes. */
export interface BuildRecorder {
  /** Returns the builds that this event ended; `id` is unique in the project. */
  take(event: OperationEvent): BuildRecord[];
}

/** How a build ended. */
interface Ending {
  readonly at: string;
  readonly outcome: BuildOutcome;
  readonly problem?: Problem | undefined;
}

export function createBuildRecorder(): BuildRecorder {
  let begun: Told<'begin'> | undefined;
  const open = new Map<string, Build>();
  const close = (service: string, ending: Ending): BuildRecord[] => {
    const build = open.get(service);
    open.delete(service);
    return build === undefined || begun === undefined ? [] : [recordOf(begun.id, build, ending)];
  };
  const onStep = (event: Told<'step'>): BuildRecord[] => {
    const step = begun?.plan.steps.find(({ id }) => id === event.step);
    if (step?.kind !== 'image.build' || step.service === undefined) return [];
    if (event.state === 'running') {
      open.set(step.service, { step, startedAt: event.at, steps: new Map(), logs: new Map() });
      return [];
    }
    // The image was there after all.
    if (event.state === 'skipped') {
      open.delete(step.service);
      return [];
    }
    return close(step.service, endingOf(event.at, event.state, event.problem));
  };
  return {
    take(event) {
      // Told anew where the plan had to be made anew: what was not built then begins again.
      if (event.type === 'begin') open.clear();
      if (event.type === 'begin') begun = event;
      else if (event.type === 'step') return onStep(event);
      else if (event.type === 'build') onBuild(open, event);
      else if (event.type === 'build-log') onLog(open, event);
      else if (event.type === 'end')
        return [...open.keys()].flatMap((service) => close(service, endingOf(event.at, event.outcome, event.problem)));
      return [];
    },
  };
}

function endingOf(at: string, state: EndOutcome, problem: Problem | undefined): Ending {
  if (state === 'done') return { at, outcome: 'done' };
  // What the builder said of a build that was cancelled is how it ends, not what is wrong.
  if (state === 'cancelled' || problem?.code === 'OPERATION_CANCELLED') return { at, outcome: 'cancelled' };
  return { at, outcome: 'failed', problem };
}

function onBuild(open: ReadonlyMap<string, Build>, { service, steps }: Told<'build'>): void {
  const known = open.get(service)?.steps;
  for (const step of steps) known?.set(step.id, { ...known.get(step.id), ...step });
}

function onLog(open: ReadonlyMap<string, Build>, { service, step, text }: Told<'build-log'>): void {
  const logs = open.get(service)?.logs;
  if (logs === undefined) return;
  const log = logs.get(step) ?? { lines: [], hidden: 0 };
  logs.set(step, log);
  for (const line of text.replace(/\n$/, '').split('\n')) log.lines.push(cut(line));
  const over = Math.max(0, log.lines.length - keptBuildLines);
  log.lines.splice(0, over);
  log.hidden += over;
}

function cut(line: string): string {
  if (line.length <= keptLength) return line;
  return `${line.slice(0, keptLength)}… (${line.length - keptLength} more characters were not kept)`;
}

function recordOf(
  operation: string,
  { step, startedAt, ...build }: Build,
  { at, outcome, problem }: Ending,
): BuildRecord {
  const steps = [...build.steps.values()];
  return {
    id: `${operation}.${step.service ?? ''}`,
    service: step.service ?? '',
    image: step.resource,
    startedAt,
    seconds: Math.max(0, (Date.parse(at) - Date.parse(startedAt)) / 1000),
    outcome,
    stepCount: steps.length,
    cachedCount: steps.filter(({ cached }) => cached).length,
    steps,
    logs: [...build.logs].map(([id, { lines, hidden }]) => ({ step: id, lines: [...lines], hidden })),
    ...(problem === undefined ? {} : { problem }),
  };
}
