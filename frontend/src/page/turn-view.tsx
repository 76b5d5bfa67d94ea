import type { ChatAnswer } from './api.ts';
import type { Turn } from './conversation.ts';
import { ProductCard } from './product-card.tsx';
import { Rating } from './rating.tsx';

function Answer({ answer }: { readonly answer: ChatAnswer }) {
  const articles = answer.sources.filter(({ kind }) => kind === 'article');
  return (
    <div className="answer">
      <p>{answer.answer}</p>
      {articles.length > 0 && (
        <p className="sources">From our help pages: {articles.map(({ title }) => title).join(', ')}</p>
      )}
      {answer.products.length > 0 && (
        <ul className="cards" aria-label="Products">
          {answer.products.map((product) => (
            <ProductCard key={product.id} product={product} />
          ))}
        </ul>
      )}
      <Rating sessionId={answer.sessionId} />
    </div>
  );
}

interface FailedProps {
  readonly message: string;
  readonly correlationId: string | undefined;
  readonly onRetry: () => void;
}

function Failed({ message, correlationId, onRetry }: FailedProps) {
  return (
    <div className="answer failed" role="alert">
      <p>
        <strong>That did not work.</strong> {message}
      </p>
      {correlationId !== undefined && (
        <p className="reference">
          Reference <code>{correlationId}</code>
        </p>
      )}
      <button type="button" className="quiet" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

interface TurnViewProps {
  readonly turn: Turn;
  readonly onRetry: () => void;
}

/** One question and its answer, or why there is none yet. */
export function TurnView({ turn, onRetry }: TurnViewProps) {
  const { state } = turn;
  return (
    <li className="turn">
      <p className="question">
        <span className="hidden">You asked: </span>
        {turn.question}
      </p>
      {state.kind === 'waiting' && (
        <p className="answer waiting">
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          Looking through the shop
        </p>
      )}
      {state.kind === 'answered' && <Answer answer={state.answer} />}
      {state.kind === 'failed' && (
        <Failed message={state.message} correlationId={state.correlationId} onRetry={onRetry} />
      )}
    </li>
  );
}
