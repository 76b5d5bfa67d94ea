import type { Plan, PlanStep, StepKind } from '#contract/index.ts';
import { t, told } from '#words/index.ts';

/** One thing that a plan does to several resources, with what made it necessary. */
export interface PlanLine {
  what: string;
  resources: readonly string[];
  causes: readonly string[];
}

type Deed = 'recreated' | 'created' | 'restarted' | 'started' | 'removed' | 'stopped';

function deedOf(kinds: ReadonlySet<StepKind>): Deed | undefined {
  if (kinds.has('container.create')) {
    return kinds.has('container.remove') || kinds.has('container.rename') ? 'recreated' : 'created';
  }
  if (kinds.has('container.remove')) return 'removed';
  if (kinds.has('container.restart')) return 'restarted';
  if (kinds.has('container.stop')) return kinds.has('container.start') ? 'restarted' : 'stopped';
  return kinds.has('container.start') ? 'started' : undefined;
}

const order: readonly Deed[] = ['recreated', 'created', 'restarted', 'started', 'stopped', 'removed'];

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function serviceLines(steps: readonly PlanStep[]): PlanLine[] {
  const byService = Map.groupBy(
    steps.filter(({ kind }) => kind.startsWith('container.')),
    ({ service, resource }) => service ?? resource,
  );
  const done = [...byService].map(([service, own]) => ({
    service,
    own,
    deed: deedOf(new Set(own.map(({ kind }) => kind))),
  }));
  return order.flatMap((deed) => {
    const same = done.filter((one) => one.deed === deed);
    if (same.length === 0) return [];
    return {
      what: t(`stack:deed.${deed}`, { count: same.length }),
      resources: same.map(({ service }) => service),
      causes: unique(same.flatMap(({ own }) => own.map(({ cause }) => cause))),
    };
  });
}

type ResourceKind = Exclude<StepKind, `container.${string}` | 'service.wait'>;

/** What is done to containers is told by service. */
function isOfResource(kind: StepKind): kind is ResourceKind {
  return kind !== 'service.wait' && !kind.startsWith('container.');
}

function resourceLines(steps: readonly PlanStep[]): PlanLine[] {
  return [...Map.groupBy(steps, ({ kind }) => kind)].flatMap(([kind, own]) => {
    if (!isOfResource(kind)) return [];
    return {
      what: t(`stack:resource.${kind}`, { count: own.length }),
      resources: unique(own.map(({ resource }) => resource)),
      causes: unique(own.map(({ cause }) => cause)),
    };
  });
}

/** What a plan does, services first, in lines for people. */
export function planLines(plan: Plan): readonly PlanLine[] {
  const lines = [...serviceLines(plan.steps), ...resourceLines(plan.steps)];
  // Whoever asks for a restart or a removal knows the cause; whoever applies changes may not.
  return plan.verb === 'up' ? lines : lines.map((line) => ({ ...line, causes: [] }));
}

/** The plan in one sentence: `2 services recreated because VERSION changed`. */
export function planSentence(plan: Plan): string {
  const [first] = planLines(plan);
  if (first === undefined) return t('stack:nothingToDo');
  const { what, causes } = first;
  const [cause = ''] = causes;
  return causes.length === 1 ? t('stack:plannedBecause', { what, cause: told(cause) }) : t('stack:planned', { what });
}
