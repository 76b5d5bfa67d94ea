import { ChevronDown } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { Popover, PopoverAction } from '#ui/popover.tsx';
import { t } from '#words/index.ts';
import { filePicker } from './export-file.ts';
import { emptyView, filterOf, isFiltered, type LogView, matchesOf } from './filter.ts';
import css from './logs-page.module.css';
import type { Exporting } from './use-export.ts';

/** More lines than this are written to a file as they come, where the browser can: a download gathers all of them first. */
const manyLines = 200_000;

export interface ExportMenuProps {
  view: LogView;
  held: number;
  /** There may be more than are held: how many nobody knows. */
  more: boolean;
  exporting: Exporting;
  disabled: boolean;
}

/** Saves the matching lines at a click; what else can be saved stands in the menu beside it. */
export function ExportMenu({ view, held, more, exporting, disabled }: ExportMenuProps) {
  const all = filterOf(emptyView);
  const matching = matchesOf(view);
  const which = isFiltered(view) ? 'matching' : 'all';
  const size = held > manyLines ? 'many' : more ? 'open' : 'few';
  if (exporting.busy) return <Button onClick={exporting.cancel}>{t('logs:export.cancel')}</Button>;
  return (
    <span className={css['export']}>
      <Button
        disabled={disabled}
        onClick={() => {
          exporting.run({ filter: matching, format: 'ndjson', size });
        }}
      >
        {t('logs:export.start')}
      </Button>
      <Popover label={t('logs:export.others')} icon={ChevronDown}>
        <PopoverAction
          onClick={() => {
            exporting.run({ filter: matching, format: 'text', size });
          }}
        >
          {t(`logs:export.text.${which}`)}
        </PopoverAction>
        {isFiltered(view) ? (
          <>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'ndjson', size });
              }}
            >
              {t('logs:export.allJson')}
            </PopoverAction>
            <PopoverAction
              onClick={() => {
                exporting.run({ filter: all, format: 'text', size });
              }}
            >
              {t('logs:export.text.all')}
            </PopoverAction>
          </>
        ) : null}
        {filePicker() === undefined ? null : (
          <PopoverAction
            onClick={() => {
              exporting.run({ filter: matching, format: 'ndjson', size: 'many' });
            }}
          >
            {t(`logs:export.file.${which}`)}
          </PopoverAction>
        )}
      </Popover>
    </span>
  );
}
