// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand cannot be rows of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for all of its rows
import { memo, type ReactNode } from 'react';
import type { LogLine } from '#contract/index.ts';
import { cx } from '#ui/cx.ts';
import { preciseClock } from '#ui/format.ts';
import { plainText } from '#ui/plain-text.ts';
import { told } from '#words/index.ts';
import type { Marker } from './highlight.ts';
import type { RowWords } from './list-words.ts';
import css from './log-list.module.css';
import { isBare, LogText } from './log-text.tsx';
import { type RowModel, rowModel } from './row-model.ts';
import { useUtc } from './utc.ts';

export interface LogRowProps {
  id: string;
  line: LogLine;
  /** The line before it in the list. */
  above: LogLine | undefined;
  /** Number of the row among all rows, from 1. */
  index: number;
  /** Pixels from the top of the moving block; absent where rows follow each other by themselves. */
  top?: number;
  color: string;
  marker: Marker;
  columns: readonly string[];
  words: RowWords;
  /** There is little room. */
  brief: boolean;
  active: boolean;
  selected: boolean;
  onOpen: (line: LogLine) => void;
  onTrace: (correlationId: string) => void;
}

const placed = (top: number | undefined) => (top === undefined ? {} : { style: { top } });

/** The time of a line; to the second where there is little room. */
function shownTime({ time }: LogLine, utc: boolean, brief: boolean): string {
  const precise = preciseClock(time, utc);
  return brief ? precise.replace(/\.\d+$/, '') : precise;
}

function MarkerRow({ id, line, index, top, brief, active }: LogRowProps) {
  const utc = useUtc();
  return (
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index}
      className={cx(css['row'], css['marker'], active && css['active'])}
      {...placed(top)}
    >
      <span role="gridcell" className={css['time']}>
        {shownTime(line, utc, brief)}
      </span>
      <span role="gridcell" className={css['message']}>
        <span className={css['words']}>
          {line.service} · {plainText(told(line.text))}
        </span>
      </span>
    </div>
  );
}

/** A row of one height shows no more of its message than this, however wide it is. */
const shownAtMost = 600;

/** Fields one after the other, in as few pieces as possible: a row has to be made within a fraction of a frame. */
function Fields({
  row,
  marker,
  columns,
  words,
}: Pick<LogRowProps, 'marker' | 'columns' | 'words'> & { row: RowModel }) {
  const pieces: ReactNode[] = [];
  let bare = '';
  for (const [key, value] of row.fields) {
    if (columns.includes(key)) continue;
    bare += ` ${key}=`;
    if (isBare(value, marker)) bare += value;
    else {
      pieces.push(bare, <LogText key={key} text={value} marker={marker} />);
      bare = '';
    }
  }
  if (row.more) bare += ` …=${words.more}`;
  if (bare !== '') pieces.push(bare);
  return pieces.length === 0 ? null : <span className={css['field']}>{pieces}</span>;
}

function Message({ line, row, top, marker, columns, words, onTrace }: Omit<LogRowProps, 'id'> & { row: RowModel }) {
  const { correlationId } = line;
  return (
    <span role="gridcell" className={css['message']}>
      <span className={css['words']}>
        <LogText
          text={top === undefined ? row.message : row.message.slice(0, shownAtMost)}
          marker={marker}
          styles={row.styles}
        />
        <Fields row={row} marker={marker} columns={columns} words={words} />
        {line.cut === true ? <span className={css['field']}> {words.cut}</span> : null}
      </span>
      {correlationId === undefined ? null : (
        <button
          type="button"
          tabIndex={-1}
          className={css['request']}
          title={words.request}
          onClick={(event) => {
            event.stopPropagation();
            onTrace(correlationId);
          }}
        >
          <LogText text={plainText(correlationId)} marker={marker} />
        </button>
      )}
    </span>
  );
}

function LineRow(props: LogRowProps) {
  const { id, line, above, index, top, brief, color, marker, columns, active, selected, onOpen } = props;
  const row = rowModel(line);
  const utc = useUtc();
  // A line that goes on with the one above says once where and when that came from.
  const goesOn = row.continues && above?.container === line.container && above.stream !== 'marker';
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
        goesOn && css['goesOn'],
        index % 2 === 1 && css['odd'],
        active && css['active'],
        selected && css['selected'],
      )}
      {...placed(top)}
      onClick={() => {
        onOpen(line);
      }}
    >
      <span role="gridcell" className={css['time']} title={line.time}>
        {goesOn ? null : shownTime(line, utc, brief)}
      </span>
      <span role="gridcell" className={css['level']}>
        {line.level === 'none' ? '' : line.level.toUpperCase()}
      </span>
      <span role="gridcell" className={css['service']} style={{ color }} title={line.container}>
        {goesOn ? null : line.service}
      </span>
      {columns.map((column) => (
        <span key={column} role="gridcell" className={css['cell']} title={`${column}: ${row.cell(column)}`}>
          <LogText text={row.cell(column)} marker={marker} />
        </span>
      ))}
      <Message {...props} row={row} />
    </div>
  );
}

/** One log line in one row. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  return props.line.stream === 'marker' ? <MarkerRow {...props} /> : <LineRow {...props} />;
});
