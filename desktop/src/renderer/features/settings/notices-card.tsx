import { useState } from 'react';
import { noticeKinds } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { CheckField } from '#ui/check-field.tsx';
import { t } from '#words/index.ts';
import css from './settings-page.module.css';
import { noticeWords } from './words.ts';

/** Asks the browser, where it has not been asked, whether notifications may be shown outside of the page. */
async function mayNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Which kinds of notifications are wanted. */
export function NoticesCard({ stores: { preferences } }: { stores: Stores }) {
  const { muted, desktopNotices, change } = useStore(preferences, (state) => state);
  const [refused, setRefused] = useState(false);
  return (
    <Card title={t('settings:notices')}>
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
        <CheckField
          title={t('settings:onDesktop')}
          note={t('settings:onDesktopNote')}
          checked={desktopNotices}
          onChange={(wanted) => {
            if (!wanted) {
              setRefused(false);
              void change({ desktopNotices: false });
              return;
            }
            void mayNotify().then((may) => {
              setRefused(!may);
              if (may) void change({ desktopNotices: true });
            });
          }}
        />
        {refused ? (
          <p className={css['note']} role="status">
            {t('settings:onDesktopRefused')}
          </p>
        ) : null}
      </div>
    </Card>
  );
}
