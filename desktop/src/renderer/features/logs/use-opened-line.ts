import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { LogLine } from '#contract/index.ts';
import { t } from '#words/index.ts';
import { exactMs } from './exact-time.ts';
import type { LogView } from './filter.ts';
import { type Lines, lineOfKey, placeOf } from './find-line.ts';
import { blockAt } from './line-block.ts';
import { lineKey, timeOfKey } from './line-key.ts';
import type { ListHandle } from './use-active-row.ts';

export interface OpenedLine {
  opened: LogLine | undefined;
  /** The lines that belong together with it. */
  block: readonly LogLine[];
  /** Why the line of the address cannot be shown. */
  missing: string | undefined;
  onOpen: (line: LogLine) => void;
  onClose: () => void;
  /** False where only the address asked for it. */
  byHand: boolean;
}

/** The line that is shown in full: the one clicked, or the one that the address names, once it is here. */
export function useOpenedLine(
  view: LogView,
  onChange: (view: LogView) => void,
  lines: Lines,
  loading: boolean,
  list: RefObject<ListHandle | null>,
): OpenedLine {
  const [known, setKnown] = useState<LogLine>();
  const [byHand, setByHand] = useState(false);
  const key = view.line;
  const place = useMemo(() => (known === undefined ? undefined : placeOf(lines, known)), [lines, known]);
  const opened = known !== undefined && lineKey(known) === key ? (place?.line ?? known) : undefined;
  const ms = exactMs(timeOfKey(key) ?? '');
  const awaited = key !== undefined && opened === undefined && !loading;

  useEffect(() => {
    if (!awaited) return;
    const found = lineOfKey(lines, key, ms);
    if (found === undefined) return;
    queueMicrotask(() => {
      setKnown(found.line);
      list.current?.go(found.position);
    });
  }, [awaited, lines, key, ms, list]);

  const onOpen = useCallback(
    (line: LogLine) => {
      setKnown(line);
      setByHand(true);
      onChange({ ...view, line: lineKey(line) });
    },
    [view, onChange],
  );
  const onClose = useCallback(() => {
    onChange({ ...view, line: undefined });
    list.current?.focus();
  }, [view, onChange, list]);
  const block = useMemo(() => {
    if (opened === undefined) return [];
    return place === undefined ? [opened] : blockAt(lines, place.position);
  }, [lines, opened, place]);
  const passed = exactMs(lines.at(lines.end - 1)?.time ?? '') > ms;
  const missing = awaited && passed && lineOfKey(lines, key, ms) === undefined ? t('logs:lineMissing') : undefined;
  return { opened, block, missing, onOpen, onClose, byHand };
}
