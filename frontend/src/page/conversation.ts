import { useCallback, useReducer } from 'react';
import { ApiError, ask, type ChatAnswer } from './api.ts';

export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly state:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'answered'; readonly answer: ChatAnswer }
    | { readonly kind: 'failed'; readonly message: string; readonly correlationId: string | undefined };
}

type Action =
  | { readonly type: 'ask'; readonly id: number; readonly question: string }
  | { readonly type: 'settle'; readonly id: number; readonly state: Turn['state'] };

function reduce(turns: readonly Turn[], action: Action): readonly Turn[] {
  const waiting = { kind: 'waiting' } as const;
  switch (action.type) {
    case 'ask':
      return turns.some((turn) => turn.id === action.id)
        ? turns.map((turn) => (turn.id === action.id ? { ...turn, state: waiting } : turn))
        : [...turns, { id: action.id, question: action.question, state: waiting }];
    case 'settle':
      return turns.map((turn) => (turn.id === action.id ? { ...turn, state: action.state } : turn));
  }
}

function failure(error: unknown): Turn['state'] {
  if (error instanceof ApiError) return { kind: 'failed', message: error.message, correlationId: error.correlationId };
  return { kind: 'failed', message: 'Something went wrong. Please try again.', correlationId: undefined };
}

function lastSession(turns: readonly Turn[]): string | undefined {
  return turns.flatMap(({ state }) => (state.kind === 'answered' ? [state.answer.sessionId] : [])).at(-1);
}

export interface Conversation {
  readonly turns: readonly Turn[];
  readonly busy: boolean;
  readonly send: (question: string) => void;
  readonly retry: (turn: Turn) => void;
}

/** The questions asked so far and their answers; one question is under way at a time. */
export function useConversation(): Conversation {
  const [turns, dispatch] = useReducer(reduce, []);
  const busy = turns.some(({ state }) => state.kind === 'waiting');
  const sessionId = lastSession(turns);
  const run = useCallback(
    (id: number, question: string) => {
      dispatch({ type: 'ask', id, question });
      ask(question, sessionId).then(
        (answer) => {
          dispatch({ type: 'settle', id, state: { kind: 'answered', answer } });
        },
        (error: unknown) => {
          dispatch({ type: 'settle', id, state: failure(error) });
        },
      );
    },
    [sessionId],
  );
  return {
    turns,
    busy,
    send: (question) => {
      run(turns.length, question);
    },
    retry: (turn) => {
      run(turn.id, turn.question);
    },
  };
}
