import { type Stores, useStore } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';

/** Why choices are not as they were made, or will not be there the next time. */
export function KeptBanner({ stores: { preferences } }: { stores: Stores }) {
  const unread = useStore(preferences, (state) => state.unread);
  const unkept = useStore(preferences, (state) => state.unkept);
  return (
    <>
      {unread === undefined ? null : (
        <Banner tone="warn" title="These are not the settings that were kept">
          <p>{unread.message}</p>
          {unread.remedy === undefined ? null : <p>{unread.remedy}</p>}
        </Banner>
      )}
      {unkept === undefined ? null : (
        <Banner tone="bad" title="What you chose holds only until this window is closed">
          <p>{unkept.message}</p>
          {unkept.remedy === undefined ? null : <p>{unkept.remedy}</p>}
        </Banner>
      )}
    </>
  );
}
