import type { Product } from '../catalogue/schema.ts';
import type { Passage } from './ports.ts';

export type Citation = Pick<Passage, 'id' | 'kind' | 'title'>;

/** What happens while a question is answered, in this order; `token` comes several times. */
export type ChatEvent =
  | { readonly type: 'session'; readonly sessionId: string }
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'citations'; readonly citations: readonly Citation[] }
  | { readonly type: 'products'; readonly products: readonly Product[] }
  | {
      readonly type: 'done';
      readonly sessionId: string;
      /** True when nothing in the catalogue answers the question. */
      readonly abstained: boolean;
      /** True when a part that should have helped could not. */
      readonly degraded: boolean;
    };

/** The whole answer at once, for clients that do not stream. */
export interface ChatAnswer {
  readonly sessionId: string;
  readonly answer: string;
  readonly products: readonly Product[];
  readonly sources: readonly Citation[];
  readonly abstained: boolean;
  readonly degraded: boolean;
}

/** Reads an answer to its end. */
export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatAnswer> {
  let answer: ChatAnswer = { sessionId: '', answer: '', products: [], sources: [], abstained: false, degraded: false };
  for await (const event of events) {
    if (event.type === 'token') answer = { ...answer, answer: answer.answer + event.text };
    else if (event.type === 'citations') answer = { ...answer, sources: event.citations };
    else if (event.type === 'products') answer = { ...answer, products: event.products };
    else if (event.type === 'done') {
      const { sessionId, abstained, degraded } = event;
      answer = { ...answer, sessionId, abstained, degraded };
    }
  }
  return answer;
}
