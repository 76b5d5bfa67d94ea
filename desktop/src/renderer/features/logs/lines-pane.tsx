import { ArrowDown, X } from 'lucide-react';
import { type CSSProperties, useCallback } from 'react';
import { type LogsStore, useStore } from '#state/index.ts';
import { IconButton } from '#ui/button.tsx';
import { counted } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import type { LogView } from './filter.ts';
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
  if (loadingEarlier) return 'Reading earlier lines…';
  if (full) return 'The panel shows 20,000 lines at once. Search or filter to see older ones.';
  return atStart ? 'The oldest line that is held' : 'Scroll up for earlier lines';
}

/** Names of the columns above the list, where fields have some. */
function Titles({ view, onChange }: Pick<LinesPaneProps, 'view' | 'onChange'>) {
  return (
    <div className={listCss['titles']}>
      <span>Time</span>
      <span>Level</span>
      <span>Service</span>
      {view.columns.map((column) => (
        <span key={column}>
          <bdi title={plainText(column)}>{plainText(column)}</bdi>
          <IconButton
            icon={X}
            label={`Remove column ${plainText(column)}`}
            onClick={() => {
              onChange({ ...view, columns: view.columns.filter((one) => one !== column) });
            }}
          />
        </span>
      ))}
      <span>Message</span>
    </div>
  );
}

/** The lines themselves, and how many came meanwhile. */
export function LinesPane({ store, view, onChange, ...list }: LinesPaneProps) {
  const state = useStore(store, (slice) => slice);
  const lines = useLines(store, state.version);
  const { loadEarlier } = state;
  const reachStart = useCallback(() => {
    void loadEarlier();
  }, [loadEarlier]);
  const { columns } = view;
  const widths = columns.length === 0 ? {} : { '--columns': `repeat(${columns.length}, 104px)` };
  const full = lines.end - lines.first === store.lines.capacity && !state.atStart;
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
          {state.anchored ? 'Later lines' : counted(state.fresh, 'new line')}
          {state.paused && !state.anchored ? ' and more' : ''}
        </button>
      )}
    </div>
  );
}
