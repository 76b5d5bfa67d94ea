import { ScrollText, SearchX } from 'lucide-react';
import { Button } from '#ui/button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { counted } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import css from './logs-page.module.css';

export interface LogsEmptyProps {
  loading: boolean;
  filtered: boolean;
  held: number;
  /** True while there are containers that may write. */
  running: boolean;
  onClear: () => void;
}

/** Says why there is no line to see. */
export function LogsEmpty({ loading, filtered, held, running, onClear }: LogsEmptyProps) {
  return (
    <div className={css['lines']}>
      {loading ? <Skeleton label="Reading the logs" lines={8} /> : null}
      {!loading && filtered && held > 0 ? (
        <EmptyState icon={SearchX} title="No line matches" actions={<Button onClick={onClear}>Clear filters</Button>}>
          <p>{counted(held, 'line is', 'lines are')} held. New lines that match appear here as they come.</p>
        </EmptyState>
      ) : null}
      {!loading && !(filtered && held > 0) ? (
        <EmptyState icon={ScrollText} title={running ? 'No lines yet' : 'Nothing runs, so nothing is logged'}>
          <p>
            {running
              ? 'Lines appear here as soon as a service writes one.'
              : 'Start the stack: the lines of all services appear here as they are written.'}
          </p>
        </EmptyState>
      ) : null}
    </div>
  );
}
