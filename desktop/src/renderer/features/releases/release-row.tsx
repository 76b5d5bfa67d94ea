import { GitCompare, Undo2 } from 'lucide-react';
import { useId } from 'react';
import type { Release } from '#contract/index.ts';
import { Button } from '#ui/button.tsx';
import { cx } from '#ui/cx.ts';
import { plainText } from '#ui/plain-text.ts';
import { StateBadge } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';
import css from './release-list.module.css';
import { historyOf, originFacts, rowLook, rowNote, runLink, subjectOf } from './release-words.ts';
import type { ReleaseRow as Row } from './rows.ts';
import { RunLink } from './run-link.tsx';
import { TrustDetails } from './trust-details.tsx';
import { trustLook } from './trust-words.ts';

export interface ReleaseRowProps {
  row: Row;
  /** What runs is not what the current release recorded. */
  drift: boolean;
  now: number;
  writable: boolean;
  onRollBack: (release: Release) => void;
  /** Absent where nothing runs that it could be compared with. */
  onCompare: ((release: Release) => void) | undefined;
}

/** One past release: what it is, who made it when, how it went, and the way back to it. */
export function ReleaseRow({ row, drift, now, writable, onRollBack, onCompare }: ReleaseRowProps) {
  const { release, use } = row;
  const id = useId();
  const note = rowNote(row);
  const mark = trustLook(release.trust);
  const usable = release.readiness !== undefined && release.readiness.light !== 'red';
  return (
    <li className={cx(css['row'], use === 'current' && !drift && css['current'])}>
      <div className={css['version']}>
        <b id={`${id}-version`}>{plainText(release.version)}</b>
        <StateBadge {...rowLook(row, drift)} />
      </div>
      <div className={css['story']}>
        <b>{plainText(subjectOf(release.provenance))}</b>
        <p className={css['facts']}>
          {originFacts(release.provenance, now).map((fact) => (
            <span key={fact}>{plainText(fact)}</span>
          ))}
          <RunLink address={runLink(release.provenance)} />
        </p>
        {mark === undefined ? null : (
          <p className={css['mark']}>
            <StateBadge {...mark} />
          </p>
        )}
        <p className={css['deed']}>{historyOf(release, now)}</p>
        {note === undefined ? null : (
          <p id={`${id}-note`} className={css['note']}>
            {note}
          </p>
        )}
        <TrustDetails trusts={release.trust} />
      </div>
      <div className={css['action']}>
        {onCompare === undefined || use === 'current' || use === 'same' ? null : (
          <Button
            look="quiet"
            icon={GitCompare}
            aria-describedby={`${id}-version`}
            onClick={() => {
              onCompare(release);
            }}
          >
            {t('releases:compare')}
          </Button>
        )}
        {use === 'rollback' ? (
          <Button
            icon={Undo2}
            needs="operator"
            disabled={!writable || !usable}
            aria-describedby={`${id}-version ${id}-note`}
            onClick={() => {
              onRollBack(release);
            }}
          >
            {t('releases:rollBack')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
