import * as z from 'zod/mini';
import { answerSchema } from '../shop/protocol.ts';
import { type Conversation, emptyConversation, type Turn } from './turns.ts';

const conversationKey = 'alder-finch.conversation';
const draftKey = 'alder-finch.draft';

const statusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['waiting', 'streaming', 'answered', 'parked']) }),
  z.object({ kind: z.literal('stopped'), by: z.enum(['customer', 'leaving']) }),
  z.object({ kind: z.literal('failed'), again: z.boolean(), correlationId: z.optional(z.string()) }),
]);

const conversationSchema = z.object({
  sessionId: z.optional(z.string()),
  turns: z.array(
    z.object({
      id: z.number(),
      question: z.string(),
      status: statusSchema,
      answer: answerSchema,
      helpful: z.optional(z.boolean()),
    }),
  ),
});

type KeptTurn = z.infer<typeof conversationSchema>['turns'][number];

/** Whoever asked is gone with the page that was left, so an answer under way has stopped. */
function restored({ id, question, status, answer, helpful }: KeptTurn): Turn {
  const turn = { id, question, answer, helpful };
  switch (status.kind) {
    case 'answered':
      return { ...turn, status: { kind: 'answered' } };
    case 'failed':
      return { ...turn, status: { ...status, correlationId: status.correlationId } };
    case 'stopped':
      return { ...turn, status };
    case 'waiting':
    case 'streaming':
    case 'parked':
      return { ...turn, status: { kind: 'stopped', by: 'leaving' } };
  }
}

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Storage that is full or forbidden keeps nothing; the conversation goes on all the same.
  }
}

/** The conversation as it was when the page was left; empty when nothing readable was kept. */
export function recall(): Conversation {
  try {
    const { sessionId, turns } = conversationSchema.parse(JSON.parse(read(conversationKey)));
    return { sessionId, turns: turns.map(restored) };
  } catch {
    return emptyConversation;
  }
}

/** Keeps the conversation for as long as the tab is open. */
export function keep(conversation: Conversation): void {
  write(conversationKey, JSON.stringify(conversation));
}

/** The question that was being written when the page was left. */
export const recallDraft = (): string => read(draftKey);

export const keepDraft = (text: string): void => {
  write(draftKey, text);
};
