import { Button } from '#ui/button.tsx';
import { t } from '#words/index.ts';
import css from './logs-page.module.css';
import { momentWords } from './time-range.ts';
import type { Steps } from './use-steps.ts';
import { useUtc } from './utc.ts';

/** A search for a match in the past that takes long, or has taken so long that it waits to be told to go on. */
export function Onward({ steps: { searching, onward, goOn, cancel } }: { steps: Steps }) {
  const utc = useUtc();
  if (!searching && onward === undefined) return null;
  const way = onward === undefined || onward.step < 0 ? 'back' : 'on';
  const said =
    searching || onward === undefined
      ? t('logs:search.searching')
      : t(`logs:search.nothing.${way}`, { time: momentWords(onward.lookedUntil, utc) });
  return (
    <div className={css['onward']}>
      <p role="status">{said}</p>
      {searching ? (
        <Button look="quiet" onClick={cancel}>
          {t('logs:search.stop')}
        </Button>
      ) : (
        <Button look="quiet" onClick={goOn}>
          {t(`logs:search.further.${way}`)}
        </Button>
      )}
    </div>
  );
}
