// biome-ignore-all lint/a11y/useSemanticElements: the rows look and act as those of the other list
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { listWords } from './list-words.ts';
import css from './log-list.module.css';
import type { ListProps } from './use-active-row.ts';
import { useRows } from './use-rows.tsx';

const atOnce = 200;
const most = 1000;
const more = 200;
const nearPx = 400;

/** Positions of the rows in the document while the list does not follow. */
interface Window {
  from: number;
  to: number;
}

/**
 * A list whose lines are as high as their text. The browser lays them out, so only some hundred are in the document; more come
 * when an end is near.
 */
export function WrappedList(props: ListProps) {
  const { lines, following, head, onFollow, onReachStart, onNearEnd, onReachEnd, onRows } = props;
  const { first, end } = lines;
  const scroller = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Window>();
  const last: Window = { from: Math.max(first, end - atOnce), to: end };
  if (following && held !== undefined) setHeld(undefined);
  if (!following && held === undefined) setHeld(last);
  const shown = following || held === undefined ? last : held;
  const [from, to] = [Math.max(first, shown.from), Math.min(end, shown.to)];

  useLayoutEffect(() => {
    const element = scroller.current;
    if (following && element !== null) element.scrollTop = element.scrollHeight;
  });

  const wanted = useRef<number>(undefined);
  const reveal = useCallback(
    (position: number) => {
      wanted.current = position;
      onFollow(false);
      setHeld((now) =>
        now !== undefined && position >= now.from && position < now.to
          ? { ...now }
          : { from: position - atOnce / 2, to: position + atOnce / 2 },
      );
    },
    [onFollow],
  );
  const { row, rowId, gridProps } = useRows(props, { fits: 20, bottom: to, reveal });
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.getElementById(rowId(wanted.current))?.scrollIntoView({ block: 'nearest' });
    wanted.current = undefined;
  });
  const topmost = useRef(from);
  useLayoutEffect(() => {
    const element = scroller.current;
    const row = from < topmost.current ? document.getElementById(rowId(topmost.current)) : null;
    topmost.current = from;
    if (following || element === null || row === null || element.scrollTop > 0) return;
    // The browser keeps what is in sight in its place only where something is above it; here came lines before it was told.
    element.scrollTop = row.offsetTop;
  });
  useEffect(() => {
    onRows(atOnce);
  }, [onRows]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null || following) return;
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    if (element.scrollTop < nearPx) {
      // At the very top the browser would not keep what is in sight in its place, and nobody could scroll on.
      if (element.scrollTop === 0) element.scrollTop = 1;
      if (from <= first) onReachStart();
      setHeld({ from: Math.min(from, Math.max(first, from - more)), to: Math.min(to, from - more + most) });
    } else if (rest < nearPx && to < end) setHeld({ from: Math.max(from, to + more - most), to: to + more });
    else if (rest < nearPx) {
      // What comes behind the last row belongs to what is shown.
      setHeld({ from: Math.max(from, to + more - most), to: to + more });
      onNearEnd();
      if (rest <= 1) onReachEnd();
    }
  };

  const rows = [];
  for (let position = from; position < to; position += 1) rows.push(row(position, position));
  return (
    <div
      ref={scroller}
      className={css['scroller']}
      data-wrapped=""
      onPointerDown={() => {
        onFollow(false);
      }}
      onScroll={onScroll}
      onWheel={({ deltaY }) => {
        if (deltaY < 0) onFollow(false);
      }}
    >
      <p className={css['head']}>{from > first ? listWords().heads.scrollUp : head}</p>
      <div {...gridProps(from, to)} className={css['grid']}>
        <div role="rowgroup">{rows}</div>
      </div>
    </div>
  );
}
