import { type LockDetails, lastLinesDetails, lockDetails, type Problem, type Release } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { OperationEnd, OperationView } from '#state/index.ts';
import { duration } from '#ui/format.ts';
import type { Tone } from '#ui/tone.ts';

/** The version that an operation brings; a release that is asked for by id is looked up. */
function versionOf({ action }: OperationView, releases: readonly Release[]): string {
  if (action.verb === 'deploy') return action.version ?? 'images by digest';
  const { release } = action;
  if (release === undefined) return 'the release before';
  return releases.find(({ id }) => id === release)?.version ?? release;
}

/** `Deploying 1.4.3`, `Rolling back to 1.4.1`. */
export function doingWords(view: OperationView, releases: readonly Release[]): string {
  const version = versionOf(view, releases);
  return view.action.verb === 'deploy' ? `Deploying ${version}` : `Rolling back to ${version}`;
}

/** How it ended, in one line. */
export function outcomeWords(
  view: OperationView,
  { outcome, seconds }: OperationEnd,
  releases: readonly Release[],
): { tone: Tone; title: string } {
  const version = versionOf(view, releases);
  const deploys = view.action.verb === 'deploy';
  const name = deploys ? `The deployment of ${version}` : `The rollback to ${version}`;
  const after = `after ${duration(seconds)}`;
  switch (outcome) {
    case 'done':
      return {
        tone: 'ok',
        title: `${deploys ? `${version} was deployed` : `Rolled back to ${version}`} in ${duration(seconds)}`,
      };
    case 'failed':
      return { tone: 'bad', title: `${name} failed ${after}` };
    case 'cancelled':
      return { tone: 'warn', title: `${name} was cancelled ${after}` };
    case 'restored':
      return { tone: 'warn', title: `${name} failed, and what ran before runs again` };
    case 'unrestored':
      return { tone: 'bad', title: `${name} failed, and what ran before could not be brought back` };
    default:
      return assertNever(outcome);
  }
}

/** Who holds the lock, where that is what stands in the way. */
export function holderOf(problem: Problem | undefined): LockDetails | undefined {
  return problem?.code === 'RELEASE_LOCKED' ? lockDetails.safeParse(problem.details).data : undefined;
}

/** What a service that failed printed last, each with a title. */
export function outputsOf(problem: Problem | undefined): readonly { title: string; text: string }[] {
  const { probe = '', logs = [] } = lastLinesDetails.safeParse(problem?.details ?? {}).data ?? {};
  return [
    { title: 'Last health probe', text: probe.trim() },
    { title: 'Last lines it printed', text: logs.join('\n') },
  ].filter(({ text }) => text !== '');
}
