import { ArrowRight } from 'lucide-react';
import { suggestions } from '../conversation/follow-ups.ts';

interface IndexProps {
  readonly title: string;
  readonly questions: readonly string[];
  readonly onPick: (question: string) => void;
}

function QuestionIndex({ title, questions, onPick }: IndexProps) {
  return (
    <section className="index">
      <h2>{title}</h2>
      <ul>
        {questions.map((question) => (
          <li key={question}>
            <button
              type="button"
              onClick={() => {
                onPick(question);
              }}
            >
              {question}
              <ArrowRight aria-hidden="true" size={18} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is shown before the first question. */
export function Welcome({ onPick }: { readonly onPick: (question: string) => void }) {
  return (
    <div className="welcome column">
      <h1>
        What are you <em>looking for?</em>
      </h1>
      <p className="lead">
        Ask in your own words. Our assistant knows everything on our shelves, and our terms for delivery, returns and
        repairs.
      </p>
      <div className="indexes">
        <QuestionIndex title="Find something" questions={suggestions.find} onPick={onPick} />
        <QuestionIndex title="Get help" questions={suggestions.help} onPick={onPick} />
      </div>
    </div>
  );
}
