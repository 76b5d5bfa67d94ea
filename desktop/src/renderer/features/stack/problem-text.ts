import { lastLinesDetails, type Problem, placeDetails } from '#contract/index.ts';
import { t } from '#words/index.ts';

/** The last lines of a service that failed, and the output of its last health probe. */
export function lastLinesOf(problem: Problem | undefined): { probe?: string | undefined; lines: readonly string[] } {
  const { data } = lastLinesDetails.safeParse(problem?.details ?? {});
  const probe = data?.probe?.trim();
  return { lines: data?.logs ?? [], ...(probe === undefined || probe === '' ? {} : { probe }) };
}

/** `docker-compose.dev.yml, line 4, column 7` where a problem lies in a file. */
export function placeOf(problem: Problem): string | undefined {
  const { data } = placeDetails.safeParse(problem.details ?? {});
  return data === undefined ? undefined : t('stack:place', data.place);
}

/** A problem as text, for whoever is asked for help. */
export function problemReport(problem: Problem): string {
  const details = problem.details === undefined ? [] : [JSON.stringify(problem.details, null, 2)];
  return [`${problem.code}: ${problem.message}`, ...details].join('\n');
}
