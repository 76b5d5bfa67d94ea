import { type BuildSummary, keptBuildLines, keptBuilds } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { cx } from '#ui/cx.ts';
import { moment } from '#ui/format.ts';
import { type BadgeLook, StateBadge } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import css from './builds-page.module.css';
import { measureWords } from './words.ts';

export interface BuildListProps {
  builds: readonly BuildSummary[];
  lookOf: (build: BuildSummary) => BadgeLook;
  selected: string | undefined;
  now: number;
  onSelect: (id: string) => void;
}

/** The builds that can be looked at, newest first. */
export function BuildList({ builds, lookOf, selected, now, onSelect }: BuildListProps) {
  return (
    <Card
      title={t('builds:all')}
      aside={t('builds:count', { count: builds.length })}
      footer={<span className={css['small']}>{t('builds:kept', { builds: keptBuilds, lines: keptBuildLines })}</span>}
    >
      <ul className={css['list']}>
        {builds.map((build) => (
          <li key={build.id}>
            <button
              type="button"
              className={cx(css['row'], build.id === selected && css['chosen'])}
              aria-current={build.id === selected ? 'true' : undefined}
              onClick={() => {
                onSelect(build.id);
              }}
            >
              <StateBadge {...lookOf(build)} />
              <b>{build.service}</b>
              <time dateTime={build.startedAt}>{moment(build.startedAt, now)}</time>
              <small>{measureWords(build)}</small>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
