import { buildFailureDetails, type ExcerptLine, type Problem } from '#contract/index.ts';

/** What a failed build says about itself: the Dockerfile around the failing line and what the step printed. */
export interface BuildFailure {
  dockerfile?: string | undefined;
  excerpt: readonly ExcerptLine[];
  output: readonly string[];
}

export function buildFailureOf(problem: Problem | undefined): BuildFailure | undefined {
  const { data } = buildFailureDetails.safeParse(problem?.details ?? {});
  return data === undefined ? undefined : { ...data, output: data.output ?? [] };
}
