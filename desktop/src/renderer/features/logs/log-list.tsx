// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand cannot be rows of a table
import { useCallback, useId, useMemo, useRef } from 'react';
import type { LogLine } from '#contract/index.ts';
import css from './log-list.module.css';
import { LogRow } from './log-row.tsx';
import { type ListProps, useActiveRow } from './use-active-row.ts';
import { headPx, rowPx, useLineScroll } from './use-line-scroll.ts';

/** A list of any number of lines of which only those in sight are in the document. */
export function LogList(props: ListProps) {
  const { handle, lines, following, head, colors, marker, columns, selected } = props;
  const { onFollow, onReachStart, onOpen, onTrace, onStep } = props;
  const { first, end } = lines;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
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
  const scroll = useLineScroll({ first, end, following, ...ends, onReachStart });
  const { scroller, from, to, onScroll, reveal, fits, slots } = scroll;
  const focus = useCallback(() => {
    grid.current?.focus({ preventScroll: true });
  }, []);
  const { active, setChosen, onKeyDown } = useActiveRow({
    handle,
    lines,
    fits,
    reveal,
    focus,
    onFollow,
    onOpen,
    onTrace,
    onStep,
  });
  const open = useCallback(
    (line: LogLine) => {
      setChosen(line.seq);
      onOpen(line);
    },
    [setChosen, onOpen],
  );

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
        above={lines.at(position - 1)}
        index={position - first + 1}
        top={(position - base) * rowPx}
        color={colors.get(line.service) ?? 'var(--ink-2)'}
        marker={marker}
        columns={columns}
        active={position === active}
        selected={line.seq === selected}
        onOpen={open}
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
        ref={grid}
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
