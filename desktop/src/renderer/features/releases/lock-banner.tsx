import { useState } from 'react';
import type { LockDetails } from '#contract/index.ts';
import { Banner } from '#ui/banner.tsx';
import { Button } from '#ui/button.tsx';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { ago, moment } from '#ui/format.ts';

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
  const who = `${actor} on ${host}`;
  const takes = stale && onTake !== undefined;
  return (
    <Banner
      tone="warn"
      title={`${who} is changing this stack`}
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
              Take over…
            </Button>
          ) : null}
          <Button needs="operator" disabled={!writable} onClick={onRetry}>
            Try again
          </Button>
        </>
      }
    >
      <p>
        {why}, since {moment(since, now)} ({ago(since, now)}). Nothing was touched: one at a time may change a stack.
      </p>
      <p>
        {stale
          ? 'That is longer than anything takes. Make sure that nothing runs there any more.'
          : 'Wait until it ends.'}
      </p>
      {asked && onTake !== undefined ? (
        <ConfirmDialog
          open
          danger
          title={`Take over from ${who}?`}
          description={`If “${why}” still runs there, both would change the stack at the same time. Ask ${actor} first.`}
          confirm="Take over"
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
