import { type KeyboardEvent, type SubmitEvent, useState } from 'react';

interface ComposerProps {
  readonly busy: boolean;
  readonly onSend: (question: string) => void;
}

/** The box to ask in: Enter sends, Shift and Enter starts a new line. */
export function Composer({ busy, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const ready = !busy && text.trim() !== '';
  const send = () => {
    if (!ready) return;
    onSend(text.trim());
    setText('');
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="composer" onSubmit={submit}>
      <label htmlFor="message" className="hidden">
        Your question
      </label>
      <textarea
        id="message"
        rows={1}
        maxLength={2000}
        placeholder="Ask about a product or delivery"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="submit" disabled={!ready}>
        Ask
      </button>
    </form>
  );
}
