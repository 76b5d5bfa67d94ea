import * as z from 'zod/mini';

// The page's policy forbids code made at run time, which zod would otherwise try.
z.config({ jitless: true });

const productSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  /** In whole currency units with cents. */
  price: z.number(),
  currency: z.string(),
  stock: z.number(),
  /** 0 to 5. */
  rating: z.number(),
  description: z.string(),
  features: z.array(z.string()),
});

const citationSchema = z.object({ id: z.string(), kind: z.enum(['product', 'article']), title: z.string() });

/** What is known of an answer; grows while it is streamed. */
export const answerSchema = z.object({
  text: z.string(),
  citations: z.array(citationSchema),
  products: z.array(productSchema),
  abstained: z.boolean(),
  degraded: z.boolean(),
});

const problemSchema = z.object({
  status: z.number(),
  code: z.string(),
  correlationId: z.optional(z.string()),
});

const eventData = {
  session: z.object({ sessionId: z.string() }),
  token: z.object({ text: z.string() }),
  citations: z.object({ citations: z.array(citationSchema) }),
  products: z.object({ products: z.array(productSchema) }),
  done: z.object({ sessionId: z.string(), abstained: z.boolean(), degraded: z.boolean() }),
  error: problemSchema,
};

type EventData = typeof eventData;
type EventName = keyof EventData;

export type Product = z.infer<typeof productSchema>;
export type Citation = z.infer<typeof citationSchema>;
export type Answer = Readonly<z.infer<typeof answerSchema>>;
/** An error body of the shop (RFC 9457), as far as the page needs it. */
export type Problem = z.infer<typeof problemSchema>;
/** One event of an answer that is being streamed. */
export type ChatEvent = { [Name in EventName]: { readonly type: Name } & z.infer<EventData[Name]> }[EventName];

function isEventName(name: string | undefined): name is EventName {
  return name !== undefined && Object.hasOwn(eventData, name);
}

/** Reads one event; undefined for a name that this page does not know. Throws when the data is not what the name says. */
export function parseChatEvent(name: string | undefined, data: string): ChatEvent | undefined {
  if (!isEventName(name)) return undefined;
  const parsed = eventData[name].parse(JSON.parse(data));
  return { type: name, ...parsed } as ChatEvent;
}

/** Reads a product; throws when it is none. */
export const parseProduct = (value: unknown): Product => productSchema.parse(value);

/** Reads an error body; undefined when it is none. */
export function parseProblem(value: unknown): Problem | undefined {
  const parsed = problemSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
