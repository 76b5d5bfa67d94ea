import type { Environment, Release } from '#contract/index.ts';
import { Card } from '#ui/card.tsx';
import { t } from '#words/index.ts';
import css from './release-list.module.css';
import { ReleaseRow } from './release-row.tsx';
import { releaseRows } from './rows.ts';

export interface HistoryCardProps {
  environment: Environment;
  releases: readonly Release[];
  /** What runs is not what the current release recorded. */
  drift: boolean;
  now: number;
  writable: boolean;
  onRollBack: (release: Release) => void;
  onCompare: (release: Release) => void;
}

/** All releases of an environment that are recorded, newest first. */
export function HistoryCard({ environment, releases, drift, now, writable, onRollBack, onCompare }: HistoryCardProps) {
  const comparable = releases.some(({ current }) => current);
  return (
    <Card title={environment.title} aside={t('releases:count', { count: releases.length })}>
      <ol className={css['list']} aria-label={t('releases:past')}>
        {releaseRows(releases).map((row) => (
          <ReleaseRow
            key={row.release.id}
            row={row}
            drift={drift}
            now={now}
            writable={writable}
            onRollBack={onRollBack}
            onCompare={comparable ? onCompare : undefined}
          />
        ))}
      </ol>
    </Card>
  );
}
