import type { Problem, Release, Verification } from '#contract/index.ts';
import { clock, counted } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
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
  const also = offline === ready ? ', also offline' : offline === 0 ? '' : `, to ${offline} of them also offline`;
  return ` Ready to go back to ${counted(ready, 'release')}${also}.`;
}

/** What was read back, if it belongs to this release; else what was read when it was made. */
export function proofOf(
  current: Release | undefined,
  verification: Verification | undefined,
): Verification | undefined {
  return current !== undefined && verification?.release === current.id ? verification : current?.verification;
}

function unlike({ services }: Verification): string {
  return services.flatMap(({ reason }) => reason ?? []).join('; ');
}

/** Badge and sentence at the head of the page: which release runs, and whether that was proved. */
export function headOf({ releases, verification, verifyProblem }: Standing): { look?: BadgeLook; sentence: string } {
  if (releases === undefined) return { sentence: 'Reading the releases…' };
  const current = releases.find((one) => one.current);
  if (current === undefined) return { sentence: 'Nothing has been deployed here yet.' };
  const { version } = current;
  const proof = proofOf(current, verification);
  if (verifyProblem !== undefined) {
    return {
      look: { tone: 'off', icon: 'help', word: 'Not verified' },
      sentence: `Release ${version} should run. What runs could not be read back: ${verifyProblem.message}`,
    };
  }
  if (proof === undefined) return { sentence: `Release ${version} should run; reading back what does…` };
  const all = proof.services.length;
  const good = proof.services.filter(({ ok }) => ok).length;
  if (!proof.ok) {
    return {
      look: { tone: 'bad', icon: 'stop', word: 'Differs' },
      sentence: `Not as release ${version} was recorded, read ${clock(proof.at)}: ${unlike(proof)}.`,
    };
  }
  return {
    look: { tone: 'ok', icon: 'check', word: 'Verified' },
    sentence: `You are on ${version}, verified ${clock(proof.at)}: ${good} of ${counted(all, 'service')} ${all === 1 ? 'runs' : 'run'} the recorded images, healthy.${goBackWords(releases)}`,
  };
}
