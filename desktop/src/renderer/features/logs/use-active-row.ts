import { type KeyboardEvent, type Ref, useImperativeHandle, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import { type Lines, positionOf } from './find-line.ts';

/** What the page can ask of a list. */
export interface ListHandle {
  /** Makes a row the active one and brings it into sight. */
  go: (position: number) => void;
  /** The line of the active row. */
  active: () => LogLine | undefined;
  focus: () => void;
}

/** What both kinds of list show, and whom they tell. */
export interface ListProps {
  handle: Ref<ListHandle>;
  lines: Lines;
  following: boolean;
  /** Told in the strip before the first row. */
  head: string;
  colors: ReadonlyMap<string, string>;
  marker: (text: string) => readonly (readonly [number, number])[];
  columns: readonly string[];
  /** Seq of the line that is shown in full. */
  selected: number | undefined;
  onFollow: (following: boolean) => void;
  onReachStart: () => void;
  /** The last rows are near: more may follow. */
  onNearEnd: () => void;
  /** The list was scrolled to its last row. */
  onReachEnd: () => void;
  /** How many rows there are in the document at most while the list follows. */
  onRows: (rows: number) => void;
  onOpen: (line: LogLine) => void;
  onTrace: (correlationId: string) => void;
  /** Goes to the next match, later or earlier. */
  onStep: (step: 1 | -1) => void;
}

interface Options extends Pick<ListProps, 'handle' | 'lines' | 'onFollow' | 'onOpen' | 'onTrace' | 'onStep'> {
  /** Rows that fit into the view. */
  fits: number;
  /** Position behind the last row in sight: without an active row, keys go from there. */
  bottom: number;
  reveal: (position: number, amid?: boolean) => void;
  focus: () => void;
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

/** The row that the keyboard is on. */
export function useActiveRow({
  handle,
  lines,
  fits,
  bottom,
  reveal,
  focus,
  onFollow,
  onOpen,
  onTrace,
  onStep,
}: Options) {
  const { first, end } = lines;
  /** By its seq: positions begin anew with each filter. */
  const [chosen, setChosen] = useState<number>();
  const active = chosen === undefined ? undefined : positionOf(lines, chosen);
  const line = active === undefined ? undefined : lines.at(active);
  const choose = (position: number) => {
    setChosen(lines.at(position)?.seq);
  };

  useImperativeHandle(handle, () => ({
    go(position) {
      onFollow(false);
      choose(position);
      reveal(position, true);
    },
    active: () => line,
    focus,
  }));

  const act = (key: string): boolean => {
    if (key === 'n') onStep(1);
    else if (key === 'N') onStep(-1);
    else if (key === 'Enter' && line !== undefined) onOpen(line);
    else if (key === 't' && line?.correlationId !== undefined) onTrace(line.correlationId);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = moved(event.key, active ?? bottom, fits, lines);
    if (target === undefined) {
      if (act(event.key)) event.preventDefault();
      return;
    }
    event.preventDefault();
    const next = clamp(target, first, end - 1);
    choose(next);
    if (event.key === 'End') onFollow(true);
    else reveal(next);
  };
  return { active, setChosen, onKeyDown };
}
