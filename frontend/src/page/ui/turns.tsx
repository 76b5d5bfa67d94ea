import { memo } from 'react';
import { followUps, suggestions } from '../conversation/follow-ups.ts';
import type { Reach } from '../conversation/reach.ts';
import type { Turn } from '../conversation/turns.ts';
import { Answer, type AnswerActions } from './answer.tsx';
import { Chips } from './chips.tsx';

interface TurnViewProps extends AnswerActions {
  readonly turn: Turn;
  readonly reach: Reach;
}

/** One question and its answer, or why there is none yet. */
const TurnView = memo(function TurnView({ turn, ...rest }: TurnViewProps) {
  const { id, question, status } = turn;
  const heading = `question-${id}`;
  return (
    <article aria-labelledby={heading} aria-busy={status.kind === 'streaming'}>
      <h2 id={heading} tabIndex={-1} className={question.length > 140 ? 'question long' : 'question'}>
        <span className="hidden">You asked: </span>
        {question}
      </h2>
      <Answer turn={turn} {...rest} />
    </article>
  );
});

interface NextProps {
  readonly turns: readonly Turn[];
  readonly onPick: (question: string) => void;
}

function Next({ turns, onPick }: NextProps) {
  const last = turns.at(-1);
  if (last?.status.kind === 'answered' && last.answer.abstained) {
    return <Chips label="You could ask" questions={[...suggestions.find, ...suggestions.help]} onPick={onPick} />;
  }
  return <Chips label="Ask next" questions={followUps(turns)} onPick={onPick} />;
}

interface TurnsProps extends AnswerActions, NextProps {
  readonly reach: Reach;
}

export function Turns({ turns, reach, onPick, onAgain, onStop, onRate, onOpen }: TurnsProps) {
  return (
    <>
      <h1 className="hidden">Your conversation with Alder &amp; Finch</h1>
      <ol className="turns column">
        {turns.map((turn, index) => (
          <li key={turn.id}>
            <TurnView {...{ turn, reach, onAgain, onStop, onRate, onOpen }} />
            {index === turns.length - 1 && <Next turns={turns} onPick={onPick} />}
          </li>
        ))}
      </ol>
    </>
  );
}
