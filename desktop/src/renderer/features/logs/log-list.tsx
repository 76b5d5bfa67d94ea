// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand cannot be rows of a table
import { useEffect, useMemo } from 'react';
import css from './log-list.module.css';
import type { ListProps } from './use-active-row.ts';
import { headPx, rowPx, useLineScroll } from './use-line-scroll.ts';
import { useRows } from './use-rows.tsx';

/** A list of any number of lines of which only those in sight are in the document. */
export function LogList(props: ListProps) {
  const { lines, following, head, onFollow, onReachStart, onNearEnd, onReachEnd, onRows } = props;
  const { first, end } = lines;
  const ends = useMemo(
    () => ({
      onLeaveEnd: () => {
        onFollow(false);
      },
      onReachEnd,
      onNearEnd,
    }),
    [onFollow, onReachEnd, onNearEnd],
  );
  const scroll = useLineScroll({ first, end, following, ...ends, onReachStart });
  const { scroller, from, to, onScroll, reveal, fits, bottom, slots, slotOf } = scroll;
  const { row, gridProps } = useRows(props, { fits, bottom, reveal });
  useEffect(() => {
    onRows(slots);
  }, [onRows, slots]);

  // A row keeps its element while it is in sight, and new rows take those of rows that left: few nodes are touched.
  const base = Math.floor(from / slots) * slots;
  const rows = [];
  for (let position = from; position < to; position += 1) {
    rows.push(row(position, slotOf(position), (position - base) * rowPx));
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
      <div {...gridProps(from, to)} className={css['grid']} style={{ height: (end - first) * rowPx }}>
        <div role="rowgroup" className={css['block']} style={{ transform: `translateY(${(base - first) * rowPx}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
