import type { Problem, Release, Verification } from '#contract/index.ts';
import { clock } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import { readyCounts, releaseRows } from './rows.ts';

/** What is known of the release that should run. */
export interface Standing {
  releases: readonly Release[] | undefined;
  verification: Verification | undefined;
  verifyProblem: Problem | undefined;
}

function goBackWords(releases: readonly Release[]): string {
  const { ready, offline } = readyCounts(releaseRows(releases));
  if (ready === 0) return '';
  if (offline === 0) return t('releases:head.ready', { count: ready });
  if (offline === ready) return t('releases:head.readyOffline', { count: ready });
  return t('releases:head.readySomeOffline', { count: ready, offline });
}

/** What was read back, if it belongs to this release; else what was read when it was made. */
export function proofOf(
  current: Release | undefined,
  verification: Verification | undefined,
): Verification | undefined {
  return current !== undefined && verification?.release === current.id ? verification : current?.verification;
}

function unlike({ services }: Verification): string {
  return services.flatMap(({ reason }) => told(reason) ?? []).join('; ');
}

/** Badge and sentence at the head of the page: which release runs, and whether that was proved. */
export function headOf({ releases, verification, verifyProblem }: Standing): { look?: BadgeLook; sentence: string } {
  if (releases === undefined) return { sentence: t('releases:head.reading') };
  const current = releases.find((one) => one.current);
  if (current === undefined) return { sentence: t('releases:head.nothing') };
  const { version } = current;
  const proof = proofOf(current, verification);
  if (verifyProblem !== undefined) {
    return {
      look: { tone: 'off', icon: 'help', word: t('releases:head.notVerified') },
      sentence: t('releases:head.unread', { version, message: told(verifyProblem.message) }),
    };
  }
  if (proof === undefined) return { sentence: t('releases:head.readingBack', { version }) };
  if (!proof.ok) {
    return {
      look: { tone: 'bad', icon: 'stop', word: t('releases:head.differs') },
      sentence: t('releases:head.unlike', { version, time: clock(proof.at), reasons: unlike(proof) }),
    };
  }
  const runs = t('releases:head.runs', {
    version,
    time: clock(proof.at),
    good: proof.services.filter(({ ok }) => ok).length,
    count: proof.services.length,
  });
  return {
    look: { tone: 'ok', icon: 'check', word: t('releases:head.verified') },
    sentence: [runs, goBackWords(releases)].filter((words) => words !== '').join(' '),
  };
}
