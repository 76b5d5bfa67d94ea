// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand cannot be rows of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for all of its rows
import { memo } from 'react';
import type { LogLine } from '#contract/index.ts';
import { cx } from '#ui/cx.ts';
import { preciseClock } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import css from './log-list.module.css';
import { rowModel } from './row-model.ts';
import { splitBy } from './search-text.ts';

export interface LogRowProps {
  id: string;
  line: LogLine;
  /** Number of the row among all rows, from 1. */
  index: number;
  /** Pixels from the top of the moving block. */
  top: number;
  color: string;
  needle: string;
  active: boolean;
  selected: boolean;
  onOpen: (line: LogLine) => void;
  onTrace: (correlationId: string) => void;
}

function Marked({ text, needle }: { text: string; needle: string }) {
  return splitBy(text, needle).map((piece, index) =>
    piece.found ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}

function MarkerRow({ id, line, index, top, active }: LogRowProps) {
  return (
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index}
      className={cx(css['row'], css['marker'], active && css['active'])}
      style={{ top }}
    >
      <span role="gridcell">{preciseClock(line.time)}</span>
      <span role="gridcell">
        {line.service} · {plainText(line.text)}
      </span>
    </div>
  );
}

function LineRow({ id, line, index, top, color, needle, active, selected, onOpen, onTrace }: LogRowProps) {
  const { message, fields } = rowModel(line);
  const { correlationId } = line;
  const [seconds, millis] = preciseClock(line.time).split('.');
  return (
    // Keys are handled by the grid, which holds the focus for all of its rows.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid opens the active row on Enter
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index}
      aria-selected={selected}
      className={cx(
        css['row'],
        css[line.level],
        index % 2 === 1 && css['odd'],
        active && css['active'],
        selected && css['selected'],
      )}
      style={{ top }}
      onClick={() => {
        onOpen(line);
      }}
    >
      <span role="gridcell" className={css['time']}>
        {seconds}
        <span className={css['millis']}>.{millis}</span>
      </span>
      <span role="gridcell" className={css['level']}>
        {line.level === 'none' ? '' : line.level.toUpperCase()}
      </span>
      <span role="gridcell" className={css['service']} style={{ color }} title={line.container}>
        {line.service}
      </span>
      <span role="gridcell" className={css['message']}>
        <span className={css['words']}>
          <Marked text={message} needle={needle} />
          {fields.map(([key, value]) => (
            <span key={key} className={css['field']}>
              {' '}
              {key}=<Marked text={value} needle={needle} />
            </span>
          ))}
          {line.cut === true ? <span className={css['field']}> (cut at 16 KiB)</span> : null}
        </span>
        {correlationId === undefined ? null : (
          <button
            type="button"
            tabIndex={-1}
            className={css['request']}
            title="Show only this request"
            onClick={(event) => {
              event.stopPropagation();
              onTrace(correlationId);
            }}
          >
            <Marked text={plainText(correlationId)} needle={needle} />
          </button>
        )}
      </span>
    </div>
  );
}

/** One log line in one row of fixed height. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  return props.line.stream === 'marker' ? <MarkerRow {...props} /> : <LineRow {...props} />;
});
