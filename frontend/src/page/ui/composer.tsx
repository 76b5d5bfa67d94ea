import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, type SubmitEvent, useState } from 'react';
import { keepDraft, recallDraft } from '../conversation/memory.ts';

const longest = 2000;
const nearlyFull = 200;

interface ComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly busy: boolean;
  readonly onSend: (question: string) => void;
  readonly onStop: () => void;
  /** What is to be said right above the box. */
  readonly children: ReactNode;
}

/** The box to ask in: Enter sends, Shift and Enter starts a new line, Escape stops the answer. */
export function Composer({ input, busy, onSend, onStop, children }: ComposerProps) {
  const [text, setText] = useState(recallDraft);
  const write = (next: string) => {
    setText(next);
    keepDraft(next);
  };
  const send = () => {
    const question = text.trim();
    if (busy) return;
    if (question === '') {
      input.current?.focus();
      return;
    }
    write('');
    onSend(question);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const stop = (event: MouseEvent) => {
    // Stopping turns this into the button that sends; this click must not.
    event.preventDefault();
    // The second click of a double click on "Ask" is not meant to stop.
    if (event.detail < 2) onStop();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && busy) onStop();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const left = longest - text.length;
  return (
    <section className="composer column" aria-label="Ask the shop">
      {children}
      <form onSubmit={submit}>
        <label htmlFor="message" className="hidden">
          Your question
        </label>
        <div className="box">
          <textarea
            ref={input}
            id="message"
            rows={1}
            maxLength={longest}
            placeholder="Ask the shop"
            value={text}
            onChange={(event) => {
              write(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
          <button
            type={busy ? 'button' : 'submit'}
            className={busy ? 'send stop' : 'send'}
            onClick={busy ? stop : undefined}
          >
            {busy ? (
              <Square aria-hidden="true" size={14} fill="currentColor" />
            ) : (
              <ArrowUp aria-hidden="true" size={18} />
            )}
            {busy ? 'Stop' : 'Ask'}
          </button>
        </div>
        <p className="fine">
          {left <= nearlyFull ? `${left} characters left` : 'Answers come from our catalogue and help pages.'}
        </p>
      </form>
    </section>
  );
}
