import { useState } from 'react';
import { rate } from './api.ts';

type State = 'open' | 'sending' | 'sent' | 'failed';

/** Asks whether an answer helped. */
export function Rating({ sessionId }: { readonly sessionId: string }) {
  const [state, setState] = useState<State>('open');
  const send = (helpful: boolean) => {
    setState('sending');
    rate(sessionId, helpful).then(
      () => {
        setState('sent');
      },
      () => {
        setState('failed');
      },
    );
  };
  if (state === 'sent') return <p className="rate">Thank you for telling us.</p>;
  return (
    <p className="rate">
      <span>{state === 'failed' ? 'That was not saved. Did this help?' : 'Did this help?'}</span>
      <button
        type="button"
        disabled={state === 'sending'}
        onClick={() => {
          send(true);
        }}
      >
        Yes
      </button>
      <button
        type="button"
        disabled={state === 'sending'}
        onClick={() => {
          send(false);
        }}
      >
        No
      </button>
    </p>
  );
}
