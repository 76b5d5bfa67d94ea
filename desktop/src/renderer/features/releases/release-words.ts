import type { Provenance, Readiness, Release, SignedState } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import { ago, moment } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import type { ReleaseRow } from './rows.ts';

type Look = Omit<BadgeLook, 'word'>;

const lightLooks: Record<Readiness['light'], Look> = {
  green: { tone: 'ok', icon: 'check' },
  amber: { tone: 'warn', icon: 'alert' },
  red: { tone: 'bad', icon: 'slash' },
};

function lightLook(light: Readiness['light']): BadgeLook {
  return { ...lightLooks[light], word: t(`releases:light.${light}`) };
}

const outcomeLooks: Record<Release['outcome'], Look> = {
  running: { tone: 'busy', icon: 'spin' },
  interrupted: { tone: 'warn', icon: 'alert' },
  done: { tone: 'ok', icon: 'check' },
  failed: { tone: 'bad', icon: 'stop' },
  cancelled: { tone: 'off', icon: 'slash' },
  restored: { tone: 'bad', icon: 'stop' },
  unrestored: { tone: 'bad', icon: 'stop' },
};

function outcomeLook(outcome: Release['outcome']): BadgeLook {
  return { ...outcomeLooks[outcome], word: t(`releases:outcome.${outcome}`) };
}

/** How a past release is shown: whether it runs, whether it can be gone back to, or how it failed. `drift`: what runs is not as recorded. */
export function rowLook({ release, use }: ReleaseRow, drift = false): BadgeLook {
  switch (use) {
    case 'current':
      return drift
        ? { tone: 'warn', icon: 'alert', word: t('releases:use.drift') }
        : { tone: 'ok', icon: 'check', word: t('releases:use.current') };
    case 'same':
      return { tone: 'off', icon: 'check', word: t('releases:use.same') };
    case 'again':
      return { tone: 'off', icon: 'dash', word: t('releases:use.again') };
    case 'rollback':
      return lightLook(release.readiness?.light ?? 'red');
    case 'none':
      return outcomeLook(release.outcome);
    default:
      return assertNever(use);
  }
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What there is to say about a release: why its light is not green, or how it ended. */
export function rowNote({ release, use }: ReleaseRow): string | undefined {
  if (use === 'none') return told(release.summary);
  const { light = 'red', reasons = [] } = release.readiness ?? {};
  if (use !== 'rollback') return undefined;
  return light === 'green' ? t('releases:readyNote') : sentenceCase(reasons.map(told).join('; '));
}

/** Who did it: `mina on ops-laptop`. */
export function whoOf({ actor, host }: Pick<Release, 'actor' | 'host'>): string {
  return t('releases:who', { actor, host });
}

/** `Deployed 2 days ago (23 Nov 14:03) by ci on runner-3`. */
export function historyOf(release: Release, now: number): string {
  const { startedAt, cause, outcome } = release;
  const told = { ago: ago(startedAt, now), time: moment(startedAt, now), who: whoOf(release) };
  const good = outcome === 'done' || outcome === 'running';
  return t(`releases:${good ? 'deed' : 'tried'}.${cause}`, told);
}

/** What people know a version by: the first line of its commit. */
export function subjectOf({ subject }: Provenance): string {
  return subject ?? t('releases:noCommit');
}

/** Commit, author and age of a version, as far as its images tell. */
export function originFacts({ revision, author, created }: Provenance, now: number): readonly string[] {
  const built = created === undefined ? '' : t('releases:built', { ago: ago(created, now) });
  return [revision?.slice(0, 7) ?? '', author ?? '', built].filter((fact) => fact !== '');
}

/** The address of the CI run, where it is one that may be opened: labels of images are anybody's text. */
export function runLink({ run }: Provenance): string | undefined {
  if (run === undefined || !URL.canParse(run)) return undefined;
  return ['http:', 'https:'].includes(new URL(run).protocol) ? run : undefined;
}

/** What the registry tells of signatures: that there is one, not that it is good. */
export function signedFact({ state }: SignedState): string {
  return t(`releases:signature.${state}`);
}
