import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { t, told } from '#words/index.ts';

/** Why choices are not as they were made, or will not be there the next time. */
export function KeptBanner({ stores: { preferences } }: { stores: Stores }) {
  const unread = useStore(preferences, (state) => state.unread);
  const unkept = useStore(preferences, (state) => state.unkept);
  return (
    <>
      {unread === undefined ? null : (
        <Banner tone="warn" title={t('settings:unread')}>
          <p>{told(unread.message)}</p>
          {unread.remedy === undefined ? null : <p>{told(unread.remedy)}</p>}
        </Banner>
      )}
      {unkept === undefined ? null : (
        <Banner tone="bad" title={t('settings:unkept')}>
          <p>{told(unkept.message)}</p>
          {unkept.remedy === undefined ? null : <p>{told(unkept.remedy)}</p>}
        </Banner>
      )}
    </>
  );
}
