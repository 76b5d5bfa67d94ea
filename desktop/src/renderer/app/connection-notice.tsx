import type { Stores } from '#state/index.ts';
import { useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { clock } from '#ui/format.ts';
import { useNow } from '#ui/use-now.ts';
import { t } from '#words/index.ts';
import css from './connection-notice.module.css';

const patienceMs = 4_000;

/** `full`: why nobody else is let in for now, as the host says it. */
function wordsFor(full: string | undefined, late: boolean, since: number): { title: string; note: string } {
  if (full !== undefined) return { title: t('app:connection.full'), note: full };
  if (late) return { title: t('app:connection.late'), note: t('app:connection.lateNote') };
  return { title: t('app:connection.lost', { time: clock(since, true) }), note: t('app:connection.lostNote') };
}

/** Says that the panel has lost its core, or does not find it, and since when; or that the host has no room for it. */
export function ConnectionNotice({ stores }: { stores: Stores }) {
  const { status, since, told, retryNow } = useStore(stores.connection, (state) => state);
  const now = useNow(status === 'connecting');
  const late = status === 'connecting' && now - since > patienceMs;
  const full = status === 'connecting' ? told : undefined;
  if (status !== 'reconnecting' && !late && full === undefined) return null;
  const { title, note } = wordsFor(full, late, since);
  return (
    <div className={css['notice']}>
      <Banner tone="warn" title={title} actions={<Button onClick={retryNow}>{t('app:connection.retry')}</Button>}>
        <p>{note}</p>
      </Banner>
    </div>
  );
}
