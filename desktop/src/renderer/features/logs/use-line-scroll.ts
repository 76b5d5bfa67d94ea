import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

export const rowPx = 20;
/** Height of the strip before the first row. */
export const headPx = 28;
const overscan = 8;
const rowsBeforeStart = 10;
const rowsBeforeEnd = 10;

/** The part of the ring that its list needs to place rows. */
export interface Extent {
  first: number;
  end: number;
}

export interface LineScroll {
  scroller: RefObject<HTMLDivElement | null>;
  /** Positions to be rendered: `from` counts, `to` does not. */
  from: number;
  to: number;
  onScroll: () => void;
  /** Brings a position into sight; with `amid`, away from the edges. */
  reveal: (position: number, amid?: boolean) => void;
  /** Rows that fit into the view. */
  fits: number;
  /** Position behind the last row in sight. */
  bottom: number;
  /**
   * Elements that rows take in turn: no fewer than there are rows between `from` and `to`, and while the list follows exactly
   * as many, so that none is made or removed however many lines come. Even, so that one keeps its stripe.
   */
  slots: number;
  /** The element of a row. It is the same before and after the list stops to follow: what is pressed then is let go on it. */
  slotOf: (position: number) => number;
}

/** Rows that were in the document when the list stopped to follow. */
interface Stopped {
  from: number;
  slots: number;
}

/** The same for any number below zero, too. */
const modulo = (position: number, by: number) => position - Math.floor(position / by) * by;

interface Options extends Extent {
  following: boolean;
  onLeaveEnd: () => void;
  onReachEnd: () => void;
  onReachStart: () => void;
  onNearEnd: () => void;
}

/** Height of an element in pixels, as it is now. */
function useHeight(of: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const element = of.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setHeight(element.clientHeight);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [of]);
  return height;
}

/** Tells that an edge is near, and again where it has moved and still is. */
function useTold(near: boolean, edge: number, tell: () => void): void {
  useEffect(() => {
    if (near) tell();
  }, [near, edge, tell]);
}

function useSlots(following: boolean, end: number, height: number): Pick<LineScroll, 'slots' | 'slotOf'> {
  const evenly = (more: number) => 2 * Math.ceil((height / rowPx + more) / 2);
  const slots = evenly(following ? 1 : 2 * overscan + 4);
  const [stopped, setStopped] = useState<Stopped>();
  if (following && stopped !== undefined) setStopped(undefined);
  if (!following && stopped === undefined) setStopped({ from: end - evenly(1), slots: evenly(1) });
  const slotOf = (position: number) => {
    if (following || stopped === undefined) return modulo(position, slots);
    const was = position >= stopped.from && position < stopped.from + stopped.slots;
    return was ? modulo(position, stopped.slots) : stopped.slots + modulo(position, slots);
  };
  return { slots, slotOf };
}

/**
 * Scrolling over rows of one height whose positions are fixed while lines come and go at both ends: the list sticks to the
 * end while it follows, and else what is in sight stays in its place.
 */
export function useLineScroll({
  first,
  end,
  following,
  onLeaveEnd,
  onReachEnd,
  onReachStart,
  onNearEnd,
}: Options): LineScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useHeight(scroller);
  /** Position at the upper edge, with a fraction; only while the list does not follow. */
  const [anchor, setAnchor] = useState<number>();
  const put = useRef(0);

  const fits = Math.max(1, Math.floor(height / rowPx));
  const start = first - headPx / rowPx;
  const atEnd = Math.max(start, end - height / rowPx);
  // The view that is frozen by other means than scrolling stays where it was.
  if (following && anchor !== undefined) setAnchor(undefined);
  if (!following && anchor === undefined) setAnchor(atEnd);
  const top = following || anchor === undefined ? atEnd : Math.min(Math.max(anchor, start), atEnd);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const wanted = Math.round((top - start) * rowPx);
    if (Math.abs(element.scrollTop - wanted) > 1) element.scrollTop = wanted;
    put.current = element.scrollTop;
  }, [top, start, end, height]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null || Math.abs(element.scrollTop - put.current) <= 1) return;
    const up = element.scrollTop < put.current;
    put.current = element.scrollTop;
    const rest = element.scrollHeight - element.clientHeight - element.scrollTop;
    // Both at once: a render that knows only one of them would put the view elsewhere.
    flushSync(() => {
      if (!following || (up && rest > 1)) setAnchor(start + element.scrollTop / rowPx);
      if (up && following && rest > 1) onLeaveEnd();
      if (!up && !following && rest <= 1) onReachEnd();
    });
  }, [start, following, onLeaveEnd, onReachEnd]);

  const nearStart = !following && top - start < rowsBeforeStart;
  const nearEnd = !following && end - top - height / rowPx < rowsBeforeEnd;
  useTold(nearStart, first, onReachStart);
  useTold(nearEnd, end, onNearEnd);

  const reveal = useCallback(
    (position: number, amid = false) => {
      const rows = height / rowPx;
      if (position >= top && position + 1 <= top + rows) return;
      flushSync(() => {
        setAnchor(amid ? position - rows / 3 : position < top ? position : position + 1 - rows);
        onLeaveEnd();
      });
    },
    [top, height, onLeaveEnd],
  );

  // Rows out of sight make scrolling smooth; at the end, where rows change with each frame, they would only cost time.
  const { slots, slotOf } = useSlots(following, end, height);
  const from = Math.max(first, following ? end - slots : Math.floor(top) - overscan);
  const to = Math.min(end, Math.ceil(top + height / rowPx) + overscan);
  const bottom = Math.min(end, Math.floor(top + height / rowPx));
  return { scroller, from, to, onScroll, reveal, fits, bottom, slots, slotOf };
}
