import { noticeKinds } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { CheckField } from '#ui/check-field.tsx';
import css from './settings-page.module.css';
import { noticeWords } from './words.ts';

/** Which kinds of notifications are wanted. */
export function NoticesCard({ stores: { preferences } }: { stores: Stores }) {
  const { muted, change } = useStore(preferences, (state) => state);
  return (
    <Card title="Notifications" aside="in the panel">
      <div className={css['body']}>
        {noticeKinds.map((kind) => (
          <CheckField
            key={kind}
            {...noticeWords(kind)}
            checked={!muted.includes(kind)}
            onChange={(wanted) => {
              void change({ muted: wanted ? muted.filter((one) => one !== kind) : [...muted, kind] });
            }}
          />
        ))}
      </div>
    </Card>
  );
}
