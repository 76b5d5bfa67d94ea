import { useEffect, useRef } from 'react';
import { Composer } from './composer.tsx';
import { useConversation } from './conversation.ts';
import { TurnView } from './turn-view.tsx';

const suggestions = [
  'A backpack for my laptop under 150 euro',
  'Something for good coffee at home',
  'Can I send a product back?',
  'A warm light for the tent',
];

function Welcome({ onPick }: { readonly onPick: (question: string) => void }) {
  return (
    <section className="welcome" aria-labelledby="welcome">
      <h2 id="welcome">What are you looking for?</h2>
      <p>Ask in your own words. The answers come from our catalogue and our help pages.</p>
      <ul>
        {suggestions.map((suggestion) => (
          <li key={suggestion}>
            <button
              type="button"
              className="quiet"
              onClick={() => {
                onPick(suggestion);
              }}
            >
              {suggestion}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function App() {
  const { turns, busy, send, retry } = useConversation();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [turns]);
  return (
    <div className="page">
      <header>
        <h1>Alder &amp; Finch</h1>
        <p>Shop assistant</p>
      </header>
      <main>
        <div className="scroll">
          {turns.length === 0 && <Welcome onPick={send} />}
          <ol className="turns" aria-live="polite" aria-label="Conversation">
            {turns.map((turn) => (
              <TurnView
                key={turn.id}
                turn={turn}
                onRetry={() => {
                  retry(turn);
                }}
              />
            ))}
          </ol>
          <div ref={end} className="end" />
        </div>
        <Composer busy={busy} onSend={send} />
      </main>
    </div>
  );
}
