import { useState } from 'react';
import type { Problem } from '#contract/index.ts';
import type { SavedChange } from '#state/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { t, told } from '#words/index.ts';
import { changeWords, effectWords } from './words.ts';

export interface SavedBannerProps {
  saved: SavedChange;
  /** Brings back what the file was before; resolves with why not. */
  onUndo: (backup: string) => Promise<Problem | undefined>;
  onShowStack: () => void;
  onDismiss: () => void;
}

/** What was saved, what a start would do now, and the way back. */
export function SavedBanner({ saved, onUndo, onShowStack, onDismiss }: SavedBannerProps) {
  const [problem, setProblem] = useState<Problem>();
  const { file, changes, plan, backup } = saved;
  const touches = (plan?.steps.length ?? saved.services.length) > 0;
  return (
    <Banner
      tone={problem === undefined ? 'ok' : 'bad'}
      title={t('configuration:saved.title', { file, changes: changeWords(changes) })}
      onDismiss={onDismiss}
      actions={
        <>
          {backup === undefined ? null : (
            <Button
              look="quiet"
              needs="admin"
              onClick={() => {
                void onUndo(backup).then(setProblem);
              }}
            >
              {t('configuration:saved.undo')}
            </Button>
          )}
          {touches ? <Button onClick={onShowStack}>{t('configuration:saved.apply')}</Button> : null}
        </>
      }
    >
      <p>{told(problem?.message) ?? effectWords(plan, saved)}</p>
    </Banner>
  );
}
