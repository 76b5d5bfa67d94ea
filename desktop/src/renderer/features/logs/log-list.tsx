// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand cannot be rows of a table
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import css from './log-list.module.css';
import { LogRow } from './log-row.tsx';
import { headPx, rowPx, useLineScroll } from './use-line-scroll.ts';

/** The lines to be shown: fixed positions, oldest first. */
export interface Lines {
  readonly first: number;
  readonly end: number;
  at(position: number): LogLine | undefined;
}

export interface LogListProps {
  lines: Lines;
  following: boolean;
  /** Told in the strip before the first row. */
  head: string;
  colors: ReadonlyMap<string, string>;
  needle: string;
  selected: number | undefined;
  onFollow: (following: boolean) => void;
  onReachStart: () => void;
  onOpen: (line: LogLine) => void;
  onTrace: (correlationId: string) => void;
}

/** Where a key moves the active row; nothing for keys that move nothing. */
function moved(key: string, active: number, fits: number, { first, end }: Lines): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return active - 1;
    case 'ArrowDown':
      return active + 1;
    case 'PageUp':
      return active - fits + 1;
    case 'PageDown':
      return active + fits - 1;
    case 'Home':
      return first;
    case 'End':
      return end - 1;
    default:
      return undefined;
  }
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** A list of any number of lines of which only those in sight are in the document. */
export function LogList(props: LogListProps) {
  const { lines, following, head, colors, needle, selected, onFollow, onReachStart, onOpen, onTrace } = props;
  const { first, end } = lines;
  const id = useId();
  const [chosen, setChosen] = useState<number>();
  const ends = useMemo(
    () => ({
      onLeaveEnd: () => {
        onFollow(false);
      },
      onReachEnd: () => {
        onFollow(true);
      },
    }),
    [onFollow],
  );
  const { scroller, from, to, onScroll, reveal, fits, slots } = useLineScroll({
    first,
    end,
    following,
    ...ends,
    onReachStart,
  });
  const active = chosen === undefined ? undefined : clamp(chosen, first, end - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && active !== undefined) {
      const line = lines.at(active);
      if (line !== undefined) onOpen(line);
      return;
    }
    const target = moved(event.key, active ?? end, fits, lines);
    if (target === undefined) return;
    event.preventDefault();
    const next = clamp(target, first, end - 1);
    setChosen(next);
    if (event.key === 'End') onFollow(true);
    else reveal(next);
  };

  // A row keeps its element while it is in sight, and new rows take those of rows that left: few nodes are touched.
  const base = Math.floor(from / slots) * slots;
  const rows = [];
  for (let position = from; position < to; position += 1) {
    const line = lines.at(position);
    if (line === undefined) continue;
    rows.push(
      <LogRow
        key={position - Math.floor(position / slots) * slots}
        id={`${id}${position}`}
        line={line}
        index={position - first + 1}
        top={(position - base) * rowPx}
        color={colors.get(line.service) ?? 'var(--ink-2)'}
        needle={needle}
        active={position === active}
        selected={line.seq === selected}
        onOpen={onOpen}
        onTrace={onTrace}
      />,
    );
  }

  return (
    <div
      ref={scroller}
      className={css['scroller']}
      // Rows that move away under the pointer can neither be clicked nor have their text selected.
      onPointerDown={() => {
        onFollow(false);
      }}
      onScroll={onScroll}
      onWheel={({ deltaY }) => {
        if (deltaY < 0 && end - first > fits) onFollow(false);
      }}
    >
      <p className={css['head']} style={{ height: headPx }}>
        {head}
      </p>
      <div
        role="grid"
        aria-label="Log lines"
        aria-rowcount={end - first}
        aria-activedescendant={active === undefined || active < from || active >= to ? undefined : `${id}${active}`}
        tabIndex={0}
        className={css['grid']}
        style={{ height: (end - first) * rowPx }}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={css['block']} style={{ transform: `translateY(${(base - first) * rowPx}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
