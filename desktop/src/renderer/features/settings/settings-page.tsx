import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { CheckField } from '#ui/check-field.tsx';
import { KeyList, type KeyWords } from '#ui/keys.tsx';
import { PageBody } from '#ui/page-body.tsx';
import { PageTop } from '#ui/page-top.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { AboutCard } from './about-card.tsx';
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

const themeSegments = [
  { id: 'system', title: 'System' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
] as const;

const clockSegments = [
  { id: 'local', title: 'This machine' },
  { id: 'utc', title: 'UTC' },
] as const;

function ThemeCard({ stores: { preferences } }: { stores: Stores }) {
  const { theme, change } = useStore(preferences, (state) => state);
  return (
    <Card title="Appearance">
      <div className={css['body']}>
        <div className={css['row']}>
          <span>Theme</span>
          <SegmentedControl
            label="Theme"
            segments={themeSegments}
            value={theme}
            onChange={(id) => {
              const chosen = themeSegments.find((one) => one.id === id);
              if (chosen !== undefined) void change({ theme: chosen.id });
            }}
          />
        </div>
        <p className={css['note']}>System is light or dark as your desktop is.</p>
      </div>
    </Card>
  );
}

function LogsCard({ stores: { preferences } }: { stores: Stores }) {
  const { wrapLogs, logClock, change } = useStore(preferences, (state) => state);
  return (
    <Card title="Logs">
      <div className={css['body']}>
        <CheckField
          title="Wrap long lines"
          note="How the page opens; its own button changes it there."
          checked={wrapLogs}
          onChange={(checked) => {
            void change({ wrapLogs: checked });
          }}
        />
        <div className={css['row']}>
          <span>Times of lines</span>
          <SegmentedControl
            label="Times of lines"
            segments={clockSegments}
            value={logClock}
            onChange={(id) => {
              const chosen = clockSegments.find((one) => one.id === id);
              if (chosen !== undefined) void change({ logClock: chosen.id });
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
      <PageTop title="Settings" sentence="For this panel and this account. Nothing here changes a stack." />
      <PageBody>
        <KeptBanner stores={stores} />
        <div className={css['columns']}>
          <div className={css['side']}>
            <ThemeCard stores={stores} />
            <NoticesCard stores={stores} />
            <LogsCard stores={stores} />
            <LoginsCard stores={stores} />
          </div>
          <div className={css['side']}>
            <SessionsCard stores={stores} />
            <EngineCard stores={stores} />
            <Card title="Keyboard">
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
