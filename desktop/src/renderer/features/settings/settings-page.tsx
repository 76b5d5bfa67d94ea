import type { Settings } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { CheckField } from '#ui/check-field.tsx';
import { KeyList, type KeyWords } from '#ui/keys.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { t } from '#words/index.ts';
import { AboutCard } from './about-card.tsx';
import { AppearanceCard } from './appearance-card.tsx';
import { EngineCard } from './engine-card.tsx';
import { KeptBanner } from './kept-banner.tsx';
import { LoginsCard } from './logins-card.tsx';
import { NoticesCard } from './notices-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import css from './settings-page.module.css';

export interface SettingsPageProps {
  stores: Stores;
  shortcuts: readonly KeyWords[];
  /** Leads to what is handed to whoever helps. */
  onDiagnostics: () => void;
}

const clocks = ['local', 'utc'] as const satisfies readonly Settings['logClock'][];

function LogsCard({ stores: { preferences } }: { stores: Stores }) {
  const { wrapLogs, logClock, change } = useStore(preferences, (state) => state);
  return (
    <Card title={t('settings:logs')}>
      <div className={css['body']}>
        <CheckField
          title={t('settings:wrap')}
          note={t('settings:wrapNote')}
          checked={wrapLogs}
          onChange={(checked) => {
            void change({ wrapLogs: checked });
          }}
        />
        <div className={css['row']}>
          <span>{t('settings:times')}</span>
          <SegmentedControl
            label={t('settings:times')}
            segments={clocks.map((id) => ({ id, title: t(`settings:clocks.${id}`) }))}
            value={logClock}
            onChange={(id) => {
              const chosen = clocks.find((one) => one === id);
              if (chosen !== undefined) void change({ logClock: chosen });
            }}
          />
        </div>
      </div>
    </Card>
  );
}

/** What a reader chooses for this panel, and what the panel runs on. */
export function SettingsPage({ stores, shortcuts, onDiagnostics }: SettingsPageProps) {
  return (
    <>
      <PageTop title={t('settings:title')} sentence={t('settings:sentence')} />
      <PageBody>
        <KeptBanner stores={stores} />
        <div className={css['columns']}>
          <div className={css['side']}>
            <AppearanceCard stores={stores} />
            <NoticesCard stores={stores} />
            <LogsCard stores={stores} />
            <LoginsCard stores={stores} />
          </div>
          <div className={css['side']}>
            <SessionsCard stores={stores} />
            <EngineCard stores={stores} />
            <Card title={t('settings:keyboard')}>
              <div className={css['body']}>
                <KeyList list={shortcuts} />
              </div>
            </Card>
            <AboutCard stores={stores} onDiagnostics={onDiagnostics} />
          </div>
        </div>
      </PageBody>
    </>
  );
}
