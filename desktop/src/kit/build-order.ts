/** What tells where a step of a build stands: its stage as `builder 3/6`, and when it began, as ISO time. */
interface Step {
  readonly stage?: string | undefined;
  readonly startedAt?: string | undefined;
}

interface Placed<T extends Step> {
  step: T;
  /** `builder` and 3 of `[builder 3/6]`. */
  stage: string | undefined;
  number: number;
}

function place<T extends Step>(step: T): Placed<T> {
  const [, stage, number] = /^\[?(?:(\S+) )?(\d+)\/\d+\]?$/.exec(step.stage ?? '') ?? [];
  return number === undefined
    ? { step, stage: undefined, number: 0 }
    : { step, stage: stage ?? '', number: Number(number) };
}

/** When a step began; for one that has not, when the nearest before it in its stage did, or else the nearest after it. */
function beginOf<T extends Step>({ step, stage, number }: Placed<T>, all: readonly Placed<T>[]): string {
  if (step.startedAt !== undefined) return step.startedAt;
  const begun = all.filter((one) => stage !== undefined && one.stage === stage && one.step.startedAt !== undefined);
  const before = begun.filter((one) => one.number < number).sort((a, b) => b.number - a.number);
  const after = begun.filter((one) => one.number > number).sort((a, b) => a.number - b.number);
  return [...before, ...after][0]?.step.startedAt ?? '\uffff';
}

/** The steps of a build as they run: by begin, then by number. The builder tells them from the end. */
export function inOrder<T extends Step>(steps: readonly T[]): readonly T[] {
  const placed = steps.map(place);
  return placed
    .map((one) => ({ ...one, begin: beginOf(one, placed) }))
    .sort((a, b) => (a.begin === b.begin ? a.number - b.number : a.begin < b.begin ? -1 : 1))
    .map(({ step }) => step);
}
