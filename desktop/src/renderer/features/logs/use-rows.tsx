import { type ReactNode, useCallback, useId, useRef } from 'react';
import type { LogLine } from '#contract/index.ts';
import { listWords } from './list-words.ts';
import { LogRow } from './log-row.tsx';
import { type ListProps, useActiveRow } from './use-active-row.ts';
import { useNarrow } from './use-narrow.ts';

interface Options {
  /** Rows that fit into the view. */
  fits: number;
  /** Position behind the last row in sight. */
  bottom: number;
  /** Brings a position into sight. */
  reveal: (position: number, amid?: boolean) => void;
}

/** What both kinds of list do with their rows: one of them is active, keys move it, and rows can be opened and traced. */
export function useRows(props: ListProps, { fits, bottom, reveal }: Options) {
  const { handle, lines, colors, marker, columns, selected, onFollow, onOpen, onTrace, onStep } = props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const focus = useCallback(() => {
    grid.current?.focus({ preventScroll: true });
  }, []);
  const keys = useActiveRow({ handle, lines, fits, bottom, reveal, focus, onFollow, onOpen, onTrace, onStep });
  const { active, setChosen, onKeyDown } = keys;
  const words = listWords();
  const brief = useNarrow();
  const open = useCallback(
    (line: LogLine) => {
      setChosen(line.seq);
      onOpen(line);
    },
    [setChosen, onOpen],
  );

  const rowId = (position: number): string => `${id}${position}`;
  /** The row at a position, `top` pixels below the begin of its block where rows are placed by hand. */
  const row = (position: number, key: number, top?: number): ReactNode => {
    const line = lines.at(position);
    if (line === undefined) return null;
    return (
      <LogRow
        key={key}
        id={rowId(position)}
        line={line}
        above={lines.at(position - 1)}
        index={position - lines.first + 1}
        {...(top === undefined ? {} : { top })}
        color={colors.get(line.service) ?? 'var(--ink-2)'}
        marker={marker}
        columns={columns}
        words={words.row}
        brief={brief}
        active={position === active}
        selected={line.seq === selected}
        onOpen={open}
        onTrace={onTrace}
      />
    );
  };
  /** For the grid itself; rows from `from` up to `to` are in it. */
  const gridProps = (from: number, to: number) => ({
    ref: grid,
    role: 'grid',
    'aria-label': words.label,
    'aria-rowcount': lines.end - lines.first,
    'aria-activedescendant': active === undefined || active < from || active >= to ? undefined : rowId(active),
    tabIndex: 0,
    onKeyDown,
  });
  return { row, rowId, gridProps };
}
