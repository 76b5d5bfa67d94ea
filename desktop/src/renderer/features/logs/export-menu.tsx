import { ChevronDown } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { Popover, PopoverAction } from '#ui/popover.tsx';
import { t } from '#words/index.ts';
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
  const which = isFiltered(view) ? 'matching' : 'all';
  const toFile = held > manyLines;
  if (exporting.busy) return <Button onClick={exporting.cancel}>{t('logs:export.cancel')}</Button>;
  return (
    <span className={css['export']}>
      <Button
        disabled={disabled}
        onClick={() => {
          exporting.run({ filter: matching, format: 'ndjson', toFile });
        }}
      >
        {t('logs:export.start')}
      </Button>
      <Popover label={t('logs:export.others')} icon={ChevronDown}>
        <PopoverAction
          onClick={() => {
            exporting.run({ filter: matching, format: 'text', toFile });
          }}
        >
          {t(`logs:export.text.${which}`)}
        </PopoverAction>
        {isFiltered(view) ? (
          <>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'ndjson', toFile });
              }}
            >
              {t('logs:export.allJson')}
            </PopoverAction>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'text', toFile });
              }}
            >
              {t('logs:export.text.all')}
            </PopoverAction>
          </>
        ) : null}
        {filePicker() === undefined ? null : (
          <PopoverAction
            onClick={() => {
              exporting.run({ filter: matching, format: 'ndjson', toFile: true });
            }}
          >
            {t(`logs:export.file.${which}`)}
          </PopoverAction>
        )}
      </Popover>
    </span>
  );
}
