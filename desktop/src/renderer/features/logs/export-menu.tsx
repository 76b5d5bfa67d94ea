import { ChevronDown } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { Popover, PopoverAction } from '#ui/popover.tsx';
import { filePicker } from './export-file.ts';
import { emptyView, filterOf, isFiltered, type LogView, matchesOf } from './filter.ts';
import css from './logs-page.module.css';
import type { Exporting } from './use-export.ts';

/** More lines than this are written to a file as they come, where the browser can: a download holds all of them first. */
const manyLines = 200_000;

export interface ExportMenuProps {
  view: LogView;
  held: number;
  exporting: Exporting;
  disabled: boolean;
}

/** Saves the matching lines at a click; what else can be saved stands in the menu beside it. */
export function ExportMenu({ view, held, exporting, disabled }: ExportMenuProps) {
  const all = filterOf(emptyView);
  const matching = matchesOf(view);
  const which = isFiltered(view) ? 'Matching lines' : 'All lines';
  const toFile = held > manyLines;
  if (exporting.busy) return <Button onClick={exporting.cancel}>Cancel export</Button>;
  return (
    <span className={css['export']}>
      <Button
        disabled={disabled}
        onClick={() => {
          exporting.run({ filter: matching, format: 'ndjson', toFile });
        }}
      >
        Export
      </Button>
      <Popover label="Other ways to export" icon={ChevronDown}>
        <PopoverAction
          onClick={() => {
            exporting.run({ filter: matching, format: 'text', toFile });
          }}
        >
          {which} as text
        </PopoverAction>
        {isFiltered(view) ? (
          <>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'ndjson', toFile });
              }}
            >
              All lines as JSON
            </PopoverAction>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'text', toFile });
              }}
            >
              All lines as text
            </PopoverAction>
          </>
        ) : null}
        {filePicker() === undefined ? null : (
          <PopoverAction
            onClick={() => {
              exporting.run({ filter: matching, format: 'ndjson', toFile: true });
            }}
          >
            {which} as JSON into a file…
          </PopoverAction>
        )}
      </Popover>
    </span>
  );
}
