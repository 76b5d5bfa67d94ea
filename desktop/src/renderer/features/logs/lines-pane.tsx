import { ArrowDown, X } from 'lucide-react';
import { type CSSProperties, useCallback } from 'react';
import { type LogsStore, useStore } from '#state/index.ts';
import { IconButton } from '#ui/button.tsx';
import { plainText } from '#ui/plain-text.ts';
import { t } from '#words/index.ts';
import type { LogView } from './filter.ts';
import { listWords } from './list-words.ts';
import listCss from './log-list.module.css';
import { LogList } from './log-list.tsx';
import css from './logs-page.module.css';
import type { ListProps } from './use-active-row.ts';
import { useLines } from './use-lines.ts';
import { WrappedList } from './wrapped-list.tsx';

export interface LinesPaneProps
  extends Omit<ListProps, 'lines' | 'following' | 'head' | 'columns' | 'onReachStart' | 'onRows'> {
  store: LogsStore;
  view: LogView;
  onChange: (view: LogView) => void;
}

function headText(atStart: boolean, loadingEarlier: boolean, full: boolean): string {
  const { heads } = listWords();
  if (loadingEarlier) return heads.readingEarlier;
  if (full) return heads.full;
  return atStart ? heads.oldest : heads.scrollUp;
}

/** How many lines came while the list stands still. */
function freshText({ anchored, paused, fresh }: { anchored: boolean; paused: boolean; fresh: number }): string {
  if (anchored) return t('logs:list.later');
  return paused ? t('logs:list.freshAndMore', { count: fresh }) : t('logs:list.fresh', { count: fresh });
}

/** Names of the columns above the list, where fields have some. */
function Titles({ view, onChange }: Pick<LinesPaneProps, 'view' | 'onChange'>) {
  const { titles } = listWords();
  return (
    <div className={listCss['titles']}>
      <span>{titles.time}</span>
      <span>{titles.level}</span>
      <span>{titles.service}</span>
      {view.columns.map((column) => (
        <span key={column}>
          <bdi title={plainText(column)}>{plainText(column)}</bdi>
          <IconButton
            icon={X}
            label={t('logs:list.removeColumn', { column: plainText(column) })}
            onClick={() => {
              onChange({ ...view, columns: view.columns.filter((one) => one !== column) });
            }}
          />
        </span>
      ))}
      <span>{titles.message}</span>
    </div>
  );
}

/** The lines themselves, and how many came meanwhile. */
export function LinesPane({ store, view, onChange, ...list }: LinesPaneProps) {
  const state = useStore(store, (slice) => slice);
  const lines = useLines(store, state);
  const { loadEarlier } = state;
  const reachStart = useCallback(() => {
    void loadEarlier();
  }, [loadEarlier]);
  const { columns } = view;
  const widths = columns.length === 0 ? {} : { '--columns': `repeat(${columns.length}, 104px)` };
  const full = store.lines.full && !state.atStart;
  const shown = {
    ...list,
    lines,
    following: state.following,
    head: headText(state.atStart, state.loadingEarlier, full),
    columns,
    onReachStart: reachStart,
    onRows: state.setRows,
  };
  return (
    <div className={css['lines']} style={widths as CSSProperties}>
      {columns.length === 0 ? null : <Titles view={view} onChange={onChange} />}
      {view.wrap ? <WrappedList {...shown} /> : <LogList {...shown} />}
      {state.following || state.fresh === 0 ? null : (
        <button
          type="button"
          className={css['pill']}
          onClick={() => {
            list.onFollow(true);
          }}
        >
          <ArrowDown size={14} aria-hidden="true" />
          {freshText(state)}
        </button>
      )}
    </div>
  );
}
