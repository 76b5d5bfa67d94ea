import type { BuildOutcome, BuildSummary } from '#contract/index.ts';
import { counted, duration } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import type { Change } from './compare.ts';

export const outcomeLooks: Record<BuildOutcome, BadgeLook> = {
  done: { tone: 'ok', icon: 'check', word: 'Built' },
  failed: { tone: 'bad', icon: 'stop', word: 'Failed' },
  cancelled: { tone: 'off', icon: 'slash', word: 'Cancelled' },
};

export const runningLook: BadgeLook = { tone: 'busy', icon: 'spin', word: 'Building' };

export const changeWords: Record<Change, string> = {
  new: 'new',
  'no-longer-cached': 'not from the cache any more',
  'cached-now': 'from the cache now',
  slower: 'slower than before',
  faster: 'faster than before',
};

type Measures = Pick<BuildSummary, 'seconds' | 'stepCount' | 'cachedCount'>;

/** `18 s · 9 steps, 4 from the cache`. */
export function measureWords({ seconds, stepCount, cachedCount }: Measures): string {
  const cached =
    cachedCount === 0 ? '' : cachedCount === stepCount ? ', all from the cache' : `, ${cachedCount} from the cache`;
  return `${duration(seconds)} · ${counted(stepCount, 'step')}${cached}`;
}

/** How a build went against the last one before it of the same service that came to its end. */
export function againstWords(build: Measures & Pick<BuildSummary, 'outcome'>, before: Measures | undefined): string {
  if (before === undefined) return 'There is no finished build of this service before it to compare it with.';
  if (build.outcome !== 'done') return `The build before it took ${duration(before.seconds)}.`;
  const seconds = build.seconds - before.seconds;
  if (Math.abs(seconds) < 1) return 'It took as long as the build before it.';
  return `It took ${duration(Math.abs(seconds))} ${seconds < 0 ? 'less' : 'more'} than the build before it (${duration(before.seconds)}).`;
}
