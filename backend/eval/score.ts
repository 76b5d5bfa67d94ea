import { type Assistant } from '../src/chat/assistant.ts';
import { type ChatAnswer, collect } from '../src/chat/events.ts';
import type { EvalQuestion } from './questions.ts';

/** How the last turn of a question was answered. */
export interface Outcome {
  readonly question: EvalQuestion;
  readonly answer: ChatAnswer;
  /** Place of the first expected source, from 1; undefined where none was cited or none is expected. */
  readonly rank: number | undefined;
}

export interface Scores {
  readonly answerable: number;
  readonly hit1: number;
  readonly hit3: number;
  /** Mean reciprocal rank. */
  readonly mrr: number;
  readonly unanswerable: number;
  /** Of the questions that it abstained from, those that nothing answers. */
  readonly abstentionPrecision: number;
  /** Of the questions that nothing answers, those that it abstained from. */
  readonly abstentionRecall: number;
}

export const goals = { hit3: 0.9, abstentionRecall: 0.9 } as const;

/** Asks all turns of a question in one conversation. */
export async function judge(assistant: Assistant, question: EvalQuestion, signal: AbortSignal): Promise<Outcome> {
  const session = `eval-${question.id}-${question.turns.length}`;
  let answer: ChatAnswer | undefined;
  for (const turn of question.turns) answer = await collect(assistant.ask(turn, session, signal));
  if (answer === undefined) throw new Error(`${question.id} has no turns`);
  if (!('expect' in question)) return { question, answer, rank: undefined };
  const place = answer.sources.findIndex(({ id }) => question.expect.includes(id));
  return { question, answer, rank: place === -1 ? undefined : place + 1 };
}

/** A share; of nothing it is whole. */
const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

/** Answerable questions that were abstained from count as misses. */
export function score(outcomes: readonly Outcome[]): Scores {
  const answerable = outcomes.filter(({ question }) => 'expect' in question);
  const unanswerable = outcomes.filter(({ question }) => !('expect' in question));
  const within = (places: number) => answerable.filter(({ rank }) => rank !== undefined && rank <= places).length;
  const abstained = outcomes.filter(({ answer }) => answer.abstained).length;
  const rightly = unanswerable.filter(({ answer }) => answer.abstained).length;
  const reciprocal = answerable.reduce((sum, { rank }) => sum + (rank === undefined ? 0 : 1 / rank), 0);
  return {
    answerable: answerable.length,
    hit1: share(within(1), answerable.length),
    hit3: share(within(3), answerable.length),
    mrr: share(reciprocal, answerable.length),
    unanswerable: unanswerable.length,
    abstentionPrecision: share(rightly, abstained),
    abstentionRecall: share(rightly, unanswerable.length),
  };
}
