import type { BuildOutcome, BuildSummary } from '#contract/index.ts';
import { duration } from '#ui/format.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';

const looks: Record<BuildOutcome | 'running', Omit<BadgeLook, 'word'>> = {
  done: { tone: 'ok', icon: 'check' },
  failed: { tone: 'bad', icon: 'stop' },
  cancelled: { tone: 'off', icon: 'slash' },
  running: { tone: 'busy', icon: 'spin' },
};

/** How a build is shown that runs or has ended. */
export function buildLook(state: BuildOutcome | 'running'): BadgeLook {
  return { ...looks[state], word: t(`builds:outcome.${state}`) };
}

type Measures = Pick<BuildSummary, 'seconds' | 'stepCount' | 'cachedCount'>;

function stepWords({ stepCount: count, cachedCount: cached }: Measures): string {
  if (cached === 0) return t('builds:steps', { count });
  return cached === count ? t('builds:stepsAllCached', { count }) : t('builds:stepsSomeCached', { count, cached });
}

/** `18 s · 9 steps, 4 from the cache`. */
export function measureWords(measures: Measures): string {
  return `${duration(measures.seconds)} · ${stepWords(measures)}`;
}

/** How a build went against the last one before it of the same service that came to its end. */
export function againstWords(build: Measures & Pick<BuildSummary, 'outcome'>, before: Measures | undefined): string {
  if (before === undefined) return t('builds:against.none');
  const told = { before: duration(before.seconds) };
  if (build.outcome !== 'done') return t('builds:against.before', told);
  const seconds = build.seconds - before.seconds;
  if (Math.abs(seconds) < 1) return t('builds:against.same');
  return t(`builds:against.${seconds < 0 ? 'less' : 'more'}`, { ...told, time: duration(Math.abs(seconds)) });
}
