import { type LockDetails, lastLinesDetails, lockDetails, type Problem, type Release } from '#contract/index.ts';
import type { OperationEnd, OperationView } from '#state/index.ts';
import { duration } from '#ui/format.ts';
import type { Tone } from '#ui/tone.ts';
import { t } from '#words/index.ts';

/** The version that an operation brings; a release that is asked for by id is looked up. */
function versionOf({ action }: OperationView, releases: readonly Release[]): string {
  if (action.verb === 'deploy') return action.version ?? t('releases:byDigest');
  const { release } = action;
  if (release === undefined) return t('releases:releaseBefore');
  return releases.find(({ id }) => id === release)?.version ?? release;
}

const verbOf = ({ action }: OperationView) => (action.verb === 'deploy' ? 'deploy' : 'rollback');

/** `Deploying 1.4.3`, `Rolling back to 1.4.1`. */
export function doingWords(view: OperationView, releases: readonly Release[]): string {
  return t(`releases:doingVersion.${verbOf(view)}`, { version: versionOf(view, releases) });
}

const tones: Record<OperationEnd['outcome'], Tone> = {
  done: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  restored: 'warn',
  unrestored: 'bad',
};

/** How it ended, in one line. */
export function outcomeWords(
  view: OperationView,
  { outcome, seconds }: OperationEnd,
  releases: readonly Release[],
): { tone: Tone; title: string } {
  const version = versionOf(view, releases);
  const title = t(`releases:ended.${verbOf(view)}.${outcome}`, { version, time: duration(seconds) });
  return { tone: tones[outcome], title };
}

/** Who holds the lock, where that is what stands in the way. */
export function holderOf(problem: Problem | undefined): LockDetails | undefined {
  return problem?.code === 'RELEASE_LOCKED' ? lockDetails.safeParse(problem.details).data : undefined;
}

/** What a service that failed printed last, each with a title. */
export function outputsOf(problem: Problem | undefined): readonly { title: string; text: string }[] {
  const { probe = '', logs = [] } = lastLinesDetails.safeParse(problem?.details ?? {}).data ?? {};
  return [
    { title: t('releases:lastProbe'), text: probe.trim() },
    { title: t('releases:lastLines'), text: logs.join('\n') },
  ].filter(({ text }) => text !== '');
}
