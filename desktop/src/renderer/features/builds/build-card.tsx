import type { BuildRecord, BuildSummary } from '#contract/index.ts';
import { buildFailureOf } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Card } from '#ui/card.tsx';
import { CodeExcerpt } from '#ui/code-excerpt.tsx';
import { moment } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { t, told } from '#words/index.ts';
import css from './builds-page.module.css';
import { changesOf, goneSteps } from './compare.ts';
import { StepTimeline } from './step-timeline.tsx';
import { againstWords, measureWords } from './words.ts';

export interface BuildCardProps {
  build: BuildRecord;
  look: BadgeLook;
  running: boolean;
  /** The build before it of the same service: the summary at once, the whole when it has been read. */
  before: BuildSummary | undefined;
  beforeWhole: BuildRecord | undefined;
  now: number;
}

function Failure({ build: { problem } }: { build: BuildRecord }) {
  if (problem === undefined) return null;
  const failure = buildFailureOf(problem);
  return (
    <div className={css['failure']}>
      <Banner tone="bad" title={plainText(told(problem.message))}>
        {problem.remedy === undefined ? null : <p>{plainText(told(problem.remedy))}</p>}
      </Banner>
      {failure === undefined ? null : <CodeExcerpt name={failure.dockerfile ?? 'Dockerfile'} lines={failure.excerpt} />}
    </div>
  );
}

/** One build: how it went, what failed, and its steps over time. */
export function BuildCard({ build, look, running, before, beforeWhole, now }: BuildCardProps) {
  const gone = running ? [] : goneSteps(build, beforeWhole);
  return (
    <Card title={t('builds:of', { service: build.service })} aside={<StateBadge {...look} />}>
      <div className={css['build']}>
        <p className={css['small']}>
          {build.image} · {t('builds:begun', { time: moment(build.startedAt, now) })} · {measureWords(build)}
        </p>
        {running ? null : <p className={css['small']}>{againstWords(build, before)}</p>}
        <Failure build={build} />
        <StepTimeline build={build} changes={changesOf(build, beforeWhole)} running={running} now={now} />
        {gone.length === 0 ? null : (
          <p className={css['small']}>{t('builds:goneSteps', { steps: gone.map(plainText).join(', ') })}</p>
        )}
      </div>
    </Card>
  );
}
