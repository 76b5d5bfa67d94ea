import { ArrowDown, X } from 'lucide-react';
import { type CSSProperties, useCallback } from 'react';
import { type LogsSlice, type LogsStore, useStore } from '#state/index.ts';
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
  extends Omit<
    ListProps,
    'lines' | 'following' | 'head' | 'columns' | 'onReachStart' | 'onNearEnd' | 'onReachEnd' | 'onRows'
  > {
  store: LogsStore;
  view: LogView;
  onChange: (view: LogView) => void;
}

function headText(atStart: boolean, loadingEarlier: boolean): string {
  const { heads } = listWords();
  if (loadingEarlier) return heads.readingEarlier;
  return atStart ? heads.oldest : heads.scrollUp;
}

/** How many lines came while the list stands still. */
function freshText({ anchored, paused, fresh }: { anchored: boolean; paused: boolean; fresh: number }): string {
  if (anchored || fresh === 0) return t('logs:list.later');
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

/** What the list tells when it is scrolled towards one of its ends. */
function useEnds(store: LogsStore, { loadEarlier, loadLater, paused }: LogsSlice, onFollow: ListProps['onFollow']) {
  const onReachStart = useCallback(() => {
    void loadEarlier();
  }, [loadEarlier]);
  const onNearEnd = useCallback(() => {
    if (paused) void loadLater();
  }, [paused, loadLater]);
  const onReachEnd = useCallback(() => {
    if (!paused) {
      onFollow(true);
      return;
    }
    // Behind the last row there are others as long as those that left have not come back.
    const { end } = store.lines;
    void loadLater().then(() => {
      if (!store.getState().paused && store.lines.end === end) onFollow(true);
    });
  }, [store, paused, loadLater, onFollow]);
  return { onReachStart, onNearEnd, onReachEnd };
}

/** The lines themselves, and how many came meanwhile. */
export function LinesPane({ store, view, onChange, ...list }: LinesPaneProps) {
  const state = useStore(store, (slice) => slice);
  const lines = useLines(store, state);
  const ends = useEnds(store, state, list.onFollow);
  const { columns } = view;
  const widths = columns.length === 0 ? {} : { '--columns': `repeat(${columns.length}, 104px)` };
  const shown = {
    ...list,
    ...ends,
    lines,
    following: state.following,
    head: headText(state.atStart, state.loadingEarlier),
    columns,
    onRows: state.setRows,
  };
  return (
    <div className={css['lines']} style={widths as CSSProperties}>
      {columns.length === 0 ? null : <Titles view={view} onChange={onChange} />}
      {view.wrap ? <WrappedList {...shown} /> : <LogList {...shown} />}
      {state.following || (state.fresh === 0 && !state.paused) ? null : (
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
