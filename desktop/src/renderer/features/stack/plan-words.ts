import type { Plan, PlanStep, StepKind } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { counted } from '#ui/format.ts';

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

/** A container goes, its service stays in the files. */
function deedWords(deed: Deed, services: number): string {
  const those = counted(services, 'service');
  return deed === 'removed' ? `Containers of ${those} removed` : `${those} ${deed}`;
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
      what: deedWords(deed, same.length),
      resources: same.map(({ service }) => service),
      causes: unique(same.flatMap(({ own }) => own.map(({ cause }) => cause))),
    };
  });
}

function resourceWords(kind: StepKind): readonly [one: string, deed: string] | undefined {
  switch (kind) {
    case 'image.pull':
      return ['image', 'downloaded'];
    case 'image.build':
      return ['image', 'built'];
    case 'image.remove':
      return ['image', 'removed'];
    case 'image.tag':
      return ['image', 'named'];
    case 'network.create':
      return ['network', 'created'];
    case 'network.remove':
      return ['network', 'removed'];
    case 'volume.create':
      return ['data volume', 'created'];
    case 'volume.remove':
      return ['data volume', 'deleted with its data'];
    case 'container.create':
    case 'container.start':
    case 'container.stop':
    case 'container.restart':
    case 'container.remove':
    case 'container.rename':
    case 'service.wait':
      return undefined;
    default:
      return assertNever(kind);
  }
}

function resourceLines(steps: readonly PlanStep[]): PlanLine[] {
  return [...Map.groupBy(steps, ({ kind }) => kind)].flatMap(([kind, own]) => {
    const words = resourceWords(kind);
    if (words === undefined) return [];
    return {
      what: `${counted(own.length, words[0])} ${words[1]}`,
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
  if (first === undefined) return 'Nothing has to be done: everything is as the files say.';
  const because = first.causes.length === 1 ? ` because ${first.causes[0] ?? ''}` : '';
  return `${first.what}${because}.`;
}
