import { useState } from 'react';
import type { LockDetails } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { ago, moment } from '#ui/format.ts';
import { t } from '#words/index.ts';

export interface LockBannerProps {
  holder: LockDetails;
  now: number;
  writable: boolean;
  onRetry: () => void;
  /** Absent where the lock cannot be taken over from here. */
  onTake?: (() => void) | undefined;
  onDismiss: () => void;
}

/** Somebody else is changing the stack: who, from where, since when, and what to do. */
export function LockBanner({ holder, now, writable, onRetry, onTake, onDismiss }: LockBannerProps) {
  const [asked, setAsked] = useState(false);
  const { actor, host, since, why, stale } = holder;
  const who = t('releases:who', { actor, host });
  const takes = stale && onTake !== undefined;
  return (
    <Banner
      tone="warn"
      title={t('releases:lock.title', { who })}
      onDismiss={onDismiss}
      actions={
        <>
          {takes ? (
            <Button
              needs="operator"
              disabled={!writable}
              onClick={() => {
                setAsked(true);
              }}
            >
              {t('releases:lock.takeOverAsk')}
            </Button>
          ) : null}
          <Button needs="operator" disabled={!writable} onClick={onRetry}>
            {t('releases:tryAgain')}
          </Button>
        </>
      }
    >
      <p>{t('releases:lock.since', { why, time: moment(since, now), ago: ago(since, now) })}</p>
      <p>{t(stale ? 'releases:lock.stale' : 'releases:lock.wait')}</p>
      {asked && onTake !== undefined ? (
        <ConfirmDialog
          open
          danger
          title={t('releases:lock.question', { who })}
          description={t('releases:lock.danger', { why, actor })}
          confirm={t('releases:lock.takeOver')}
          onConfirm={() => {
            setAsked(false);
            onTake();
          }}
          onClose={() => {
            setAsked(false);
          }}
        />
      ) : null}
    </Banner>
  );
}
