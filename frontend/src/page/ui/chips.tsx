interface ChipsProps {
  readonly label: string;
  readonly questions: readonly string[];
  readonly onPick: (question: string) => void;
}

/** Questions to ask with one click. */
export function Chips({ label, questions, onPick }: ChipsProps) {
  if (questions.length === 0) return null;
  return (
    <ul className="chips" aria-label={label}>
      {questions.map((question) => (
        <li key={question}>
          <button
            type="button"
            onClick={() => {
              onPick(question);
            }}
          >
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
