import type { Answer, ChatEvent } from '../shop/protocol.ts';

/** How far a question has come. */
export type Status =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'streaming' }
  | { readonly kind: 'answered' }
  /** Kept, and asked again by itself as soon as the shop can be reached. */
  | { readonly kind: 'parked'; readonly why: 'unreachable' }
  /** Kept, and asked again by itself at a time (milliseconds since the epoch). */
  | { readonly kind: 'parked'; readonly why: 'limited' | 'busy'; readonly until: number }
  | { readonly kind: 'stopped'; readonly by: 'customer' | 'leaving' }
  | { readonly kind: 'failed'; readonly again: boolean; readonly correlationId: string | undefined };

export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly status: Status;
  readonly answer: Answer;
  /** What the customer said of the answer. */
  readonly helpful: boolean | undefined;
}

export interface Conversation {
  readonly turns: readonly Turn[];
  /** What the shop knows this conversation by. */
  readonly sessionId: string | undefined;
}

export type Action =
  | { readonly type: 'asked'; readonly question: string }
  | { readonly type: 'asked-again'; readonly id: number }
  | { readonly type: 'received'; readonly id: number; readonly event: ChatEvent }
  | { readonly type: 'settled'; readonly id: number; readonly status: Status }
  | { readonly type: 'rated'; readonly id: number; readonly helpful: boolean | undefined }
  | { readonly type: 'cleared' };

export const emptyConversation: Conversation = { turns: [], sessionId: undefined };
const emptyAnswer: Answer = { text: '', citations: [], products: [], abstained: false, degraded: false };

/** Whether an answer may still come by itself; there is one such turn at most. */
export function isOpen({ status }: Turn): boolean {
  return status.kind === 'waiting' || status.kind === 'streaming' || status.kind === 'parked';
}

/** The turn that waits for its answer. */
export function openTurn({ turns }: Conversation): Turn | undefined {
  return turns.find(isOpen);
}

function receive(turn: Turn, event: ChatEvent): Turn {
  const { answer } = turn;
  switch (event.type) {
    case 'session':
    case 'error':
      return turn;
    case 'token':
      return { ...turn, status: { kind: 'streaming' }, answer: { ...answer, text: answer.text + event.text } };
    case 'citations':
      return { ...turn, answer: { ...answer, citations: event.citations } };
    case 'products':
      return { ...turn, answer: { ...answer, products: event.products } };
    case 'done': {
      const { abstained, degraded } = event;
      return { ...turn, status: { kind: 'answered' }, answer: { ...answer, abstained, degraded } };
    }
  }
}

function update(conversation: Conversation, id: number, change: (turn: Turn) => Turn): Conversation {
  return { ...conversation, turns: conversation.turns.map((turn) => (turn.id === id ? change(turn) : turn)) };
}

function ask(conversation: Conversation, question: string): Conversation {
  const id = (conversation.turns.at(-1)?.id ?? 0) + 1;
  const turn: Turn = { id, question, status: { kind: 'waiting' }, answer: emptyAnswer, helpful: undefined };
  return { ...conversation, turns: [...conversation.turns, turn] };
}

/** What the conversation is after something happened. What comes for a turn that is not open any more is ignored. */
export function reduce(conversation: Conversation, action: Action): Conversation {
  switch (action.type) {
    case 'asked':
      return ask(conversation, action.question);
    case 'asked-again':
      return update(conversation, action.id, (turn) => ({
        ...turn,
        status: { kind: 'waiting' },
        answer: emptyAnswer,
        helpful: undefined,
      }));
    case 'received': {
      const { event } = action;
      const after = update(conversation, action.id, (turn) => (isOpen(turn) ? receive(turn, event) : turn));
      return 'sessionId' in event ? { ...after, sessionId: event.sessionId } : after;
    }
    case 'settled':
      return update(conversation, action.id, (turn) => (isOpen(turn) ? { ...turn, status: action.status } : turn));
    case 'rated':
      return update(conversation, action.id, (turn) => ({ ...turn, helpful: action.helpful }));
    case 'cleared':
      return emptyConversation;
  }
}
