import type { Settings } from '#contract/index.ts';
import { type Stores, useStore } from '#state/index.ts';
import { Card } from '#ui/card.tsx';
import { SegmentedControl } from '#ui/segmented-control.tsx';
import { t } from '#words/index.ts';
import css from './settings-page.module.css';

const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];

/** A language is called by its own name, whichever the page speaks. */
const languageSegments = () =>
  [
    { id: 'system', title: t('settings:languageSystem') },
    { id: 'en', title: 'English' },
    { id: 'de', title: 'Deutsch' },
  ] as const satisfies readonly { id: Settings['language']; title: string }[];

/** How the panel looks, and which language it speaks. */
export function AppearanceCard({ stores: { preferences } }: { stores: Stores }) {
  const { theme, language, change } = useStore(preferences, (state) => state);
  const languages = languageSegments();
  return (
    <Card title={t('settings:appearance')}>
      <div className={css['body']}>
        <div className={css['row']}>
          <span>{t('settings:theme')}</span>
          <SegmentedControl
            label={t('settings:theme')}
            segments={themes.map((id) => ({ id, title: t(`settings:themes.${id}`) }))}
            value={theme}
            onChange={(id) => {
              const chosen = themes.find((one) => one === id);
              if (chosen !== undefined) void change({ theme: chosen });
            }}
          />
        </div>
        <p className={css['note']}>{t('settings:themeNote')}</p>
        <div className={css['row']}>
          <span>{t('settings:language')}</span>
          <SegmentedControl
            label={t('settings:language')}
            segments={languages}
            value={language}
            onChange={(id) => {
              const chosen = languages.find((one) => one.id === id);
              if (chosen !== undefined) void change({ language: chosen.id });
            }}
          />
        </div>
        <p className={css['note']}>{t('settings:languageNote')}</p>
      </div>
    </Card>
  );
}
