import type { Stores } from '#state/index.ts';
import { useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { clock } from '#ui/format.ts';
import { useNow } from '#ui/use-now.ts';
import { t } from '#words/index.ts';
import css from './connection-notice.module.css';

const patienceMs = 4_000;

/** Says that the panel has lost its core, or does not find it, and since when. */
export function ConnectionNotice({ stores }: { stores: Stores }) {
  const { status, since, retryNow } = useStore(stores.connection, (state) => state);
  const now = useNow(status === 'connecting');
  const late = status === 'connecting' && now - since > patienceMs;
  if (status !== 'reconnecting' && !late) return null;
  const title = late ? t('app:connection.late') : t('app:connection.lost', { time: clock(since, true) });
  return (
    <div className={css['notice']}>
      <Banner tone="warn" title={title} actions={<Button onClick={retryNow}>{t('app:connection.retry')}</Button>}>
        <p>{t(late ? 'app:connection.lateNote' : 'app:connection.lostNote')}</p>
      </Banner>
    </div>
  );
}
