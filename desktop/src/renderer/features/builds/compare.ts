import type { BuildRecord, BuildStep } from '#contract/index.ts';

/** How a step went otherwise than in the build before. */
export type Change = 'new' | 'no-longer-cached' | 'cached-now' | 'slower' | 'faster';

/** What is told as slower or faster: so many seconds at least, and by this factor. */
const noticeableSeconds = 2;
const noticeableFactor = 1.5;

const key = ({ name, stage }: BuildStep): string => `${stage?.replace(/\d+\/\d+/, '') ?? ''} ${name}`;

/** By step id, what is otherwise than in the build before; steps are the same where their text and stage are. */
export function changesOf(build: BuildRecord, before: BuildRecord | undefined): ReadonlyMap<string, Change> {
  if (before === undefined) return new Map();
  const known = new Map(before.steps.map((step) => [key(step), step]));
  return new Map(
    build.steps.flatMap((step) => {
      const change = changeOf(step, known.get(key(step)));
      return change === undefined ? [] : [[step.id, change] as const];
    }),
  );
}

function changeOf(step: BuildStep, before: BuildStep | undefined): Change | undefined {
  if (before === undefined) return 'new';
  if (step.cached !== before.cached) return step.cached ? 'cached-now' : 'no-longer-cached';
  const [now, then] = [step.seconds ?? 0, before.seconds ?? 0];
  if (Math.abs(now - then) < noticeableSeconds) return undefined;
  if (now > then * noticeableFactor) return 'slower';
  return then > now * noticeableFactor ? 'faster' : undefined;
}

/** Steps of the build before that this one has no more, by name; one that did not come to its end says nothing of that. */
export function goneSteps(build: BuildRecord, before: BuildRecord | undefined): string[] {
  if (build.outcome !== 'done') return [];
  const now = new Set(build.steps.map(key));
  return (before?.steps ?? []).filter((step) => !now.has(key(step))).map(({ name }) => name);
}
