import { ScrollText, SearchX } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { t } from '#words/index.ts';
import css from './logs-page.module.css';

export interface LogsEmptyProps {
  loading: boolean;
  filtered: boolean;
  held: number;
  /** True while there are containers that may write. */
  running: boolean;
  onClear: () => void;
  /** Looks for a line that passes among older ones; left out where there are none. */
  onOlder?: (() => void) | undefined;
}

/** Says why there is no line to see. */
export function LogsEmpty({ loading, filtered, held, running, onClear, onOlder }: LogsEmptyProps) {
  return (
    <div className={css['lines']}>
      {loading ? <Skeleton label={t('logs:empty.reading')} lines={8} /> : null}
      {!loading && filtered && held > 0 ? (
        <EmptyState
          icon={SearchX}
          title={t('logs:empty.noMatch')}
          actions={
            <>
              {onOlder === undefined ? null : <Button onClick={onOlder}>{t('logs:empty.searchOlder')}</Button>}
              <Button onClick={onClear}>{t('logs:clearFilters')}</Button>
            </>
          }
        >
          <p>{t('logs:empty.noMatchNote', { count: held })}</p>
        </EmptyState>
      ) : null}
      {!loading && !(filtered && held > 0) ? (
        <EmptyState icon={ScrollText} title={t(running ? 'logs:empty.noLines' : 'logs:empty.nothingRuns')}>
          <p>{t(running ? 'logs:empty.noLinesNote' : 'logs:empty.nothingRunsNote')}</p>
        </EmptyState>
      ) : null}
    </div>
  );
}
