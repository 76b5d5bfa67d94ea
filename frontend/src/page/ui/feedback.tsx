import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';

interface FeedbackProps {
  readonly helpful: boolean | undefined;
  /** Resolves with whether it was saved. */
  readonly onRate: (helpful: boolean) => Promise<boolean>;
}

/** Asks whether an answer helped. */
export function Feedback({ helpful, onRate }: FeedbackProps) {
  const [lost, setLost] = useState(false);
  const rate = (yes: boolean) => {
    setLost(false);
    void onRate(yes).then((saved) => {
      setLost(!saved);
    });
  };
  return (
    <div className="feedback">
      <span>{helpful === undefined ? 'Did this help?' : 'Thank you for telling us.'}</span>
      <button
        type="button"
        className="icon"
        aria-label="Yes, this helped"
        aria-pressed={helpful === true}
        onClick={() => {
          rate(true);
        }}
      >
        <ThumbsUp aria-hidden="true" size={16} />
      </button>
      <button
        type="button"
        className="icon"
        aria-label="No, this did not help"
        aria-pressed={helpful === false}
        onClick={() => {
          rate(false);
        }}
      >
        <ThumbsDown aria-hidden="true" size={16} />
      </button>
      {lost && <span role="alert">That was not saved. Please try again.</span>}
    </div>
  );
}
