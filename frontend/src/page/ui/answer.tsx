import { Info } from 'lucide-react';
import type { Reach } from '../conversation/reach.ts';
import type { Turn } from '../conversation/turns.ts';
import { AnswerText } from './answer-text.tsx';
import { Feedback } from './feedback.tsx';
import { ProductCard } from './product-card.tsx';
import type { Detail } from './product-dialog.tsx';
import { Sources } from './sources.tsx';
import { StatusNotice } from './status-notice.tsx';

/** What can be done with an answer. */
export interface AnswerActions {
  readonly onAgain: (id: number) => void;
  readonly onStop: () => void;
  readonly onRate: (id: number, helpful: boolean) => Promise<boolean>;
  readonly onOpen: (detail: Detail) => void;
}

interface AnswerProps extends AnswerActions {
  readonly turn: Turn;
  readonly reach: Reach;
}

export function Answer({ turn, reach, onAgain, onStop, onRate, onOpen }: AnswerProps) {
  const { id, status, answer, helpful } = turn;
  const { text, products, citations, degraded } = answer;
  return (
    <div className="answer">
      {status.kind === 'waiting' && (
        <p className="looking">
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          Looking through the shelves
        </p>
      )}
      {text !== '' && <AnswerText text={text} growing={status.kind === 'streaming'} />}
      {products.length > 0 && (
        <ul className="cards" aria-label="Products">
          {products.map((product) => (
            <ProductCard key={product.id} product={product} onOpen={onOpen} />
          ))}
        </ul>
      )}
      <StatusNotice
        status={status}
        reach={reach}
        begun={text !== ''}
        onAgain={() => {
          onAgain(id);
        }}
        onStop={onStop}
      />
      {degraded && (
        <p className="aside">
          <Info aria-hidden="true" size={15} />
          Our assistant is short of help right now, so this answer may be simpler than usual.
        </p>
      )}
      {status.kind === 'answered' && (
        <div className="foot">
          <Sources citations={citations} onOpen={onOpen} />
          <Feedback helpful={helpful} onRate={(yes) => onRate(id, yes)} />
        </div>
      )}
    </div>
  );
}
