import type { Provenance, Readiness, Release, SignedState } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { ago, moment } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import type { ReleaseRow } from './rows.ts';

function lightLook(light: Readiness['light']): BadgeLook {
  switch (light) {
    case 'green':
      return { tone: 'ok', icon: 'check', word: 'Ready' };
    case 'amber':
      return { tone: 'warn', icon: 'alert', word: 'Needs a look' };
    case 'red':
      return { tone: 'bad', icon: 'slash', word: 'Cannot be used' };
    default:
      return assertNever(light);
  }
}

function outcomeLook(outcome: Release['outcome']): BadgeLook {
  switch (outcome) {
    case 'running':
      return { tone: 'busy', icon: 'spin', word: 'In progress' };
    case 'interrupted':
      return { tone: 'warn', icon: 'alert', word: 'Cut off' };
    case 'done':
      return { tone: 'ok', icon: 'check', word: 'Done' };
    case 'failed':
      return { tone: 'bad', icon: 'stop', word: 'Failed' };
    case 'cancelled':
      return { tone: 'off', icon: 'slash', word: 'Cancelled' };
    case 'restored':
      return { tone: 'bad', icon: 'stop', word: 'Failed, undone' };
    case 'unrestored':
      return { tone: 'bad', icon: 'stop', word: 'Failed, not undone' };
    default:
      return assertNever(outcome);
  }
}

/** How a past release is shown: whether it runs, whether it can be gone back to, or how it failed. `drift`: what runs is not as recorded. */
export function rowLook({ release, use }: ReleaseRow, drift = false): BadgeLook {
  switch (use) {
    case 'current':
      return drift
        ? { tone: 'warn', icon: 'alert', word: 'Should run' }
        : { tone: 'ok', icon: 'check', word: 'Runs now' };
    case 'same':
      return { tone: 'off', icon: 'check', word: 'Same as now' };
    case 'again':
      return { tone: 'off', icon: 'dash', word: 'Listed above' };
    case 'rollback':
      return lightLook(release.readiness?.light ?? 'red');
    case 'none':
      return outcomeLook(release.outcome);
    default:
      return assertNever(use);
  }
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What there is to say about a release: why its light is not green, or how it ended. */
export function rowNote({ release, use }: ReleaseRow): string | undefined {
  if (use === 'none') return release.summary;
  const { light = 'red', reasons = [] } = release.readiness ?? {};
  if (use !== 'rollback') return undefined;
  return light === 'green' ? 'Works at once, also without the registry' : sentenceCase(reasons.join('; '));
}

/** Who did it: `mina on ops-laptop`. */
export function whoOf({ actor, host }: Pick<Release, 'actor' | 'host'>): string {
  return `${actor} on ${host}`;
}

function deed({ cause, outcome }: Release): string {
  const tried = outcome !== 'done' && outcome !== 'running';
  switch (cause) {
    case 'deploy':
      return tried ? 'Deployment tried' : 'Deployed';
    case 'rollback':
      return tried ? 'Rollback tried' : 'Rolled back to';
    case 'first':
      return 'Ran before the first deployment; recorded';
    default:
      return assertNever(cause);
  }
}

/** `Deployed 2 days ago (23 Nov 14:03) by ci on runner-3`. */
export function historyOf(release: Release, now: number): string {
  const { startedAt } = release;
  return `${deed(release)} ${ago(startedAt, now)} (${moment(startedAt, now)}) by ${whoOf(release)}`;
}

/** What people know a version by: the first line of its commit. */
export function subjectOf({ subject }: Provenance): string {
  return subject ?? 'The images name no commit';
}

/** Commit, author and age of a version, as far as its images tell. */
export function originFacts({ revision, author, created }: Provenance, now: number): readonly string[] {
  const built = created === undefined ? '' : `built ${ago(created, now)}`;
  return [revision?.slice(0, 7) ?? '', author ?? '', built].filter((fact) => fact !== '');
}

/** The address of the CI run, where it is one that may be opened: labels of images are anybody's text. */
export function runLink({ run }: Provenance): string | undefined {
  if (run === undefined || !URL.canParse(run)) return undefined;
  return ['http:', 'https:'].includes(new URL(run).protocol) ? run : undefined;
}

/** What the registry tells of signatures: that there is one, not that it is good. */
export function signedFact({ state }: SignedState): string {
  switch (state) {
    case 'signed':
      return 'signed (not verified)';
    case 'attested':
      return 'attestation found (not verified)';
    case 'none':
      return 'not signed';
    case 'unknown':
      return 'whether it is signed is not known';
    default:
      return assertNever(state);
  }
}
