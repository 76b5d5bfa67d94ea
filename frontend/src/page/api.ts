export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly currency: string;
  readonly stock: number;
  readonly rating: number;
  readonly description: string;
  readonly features: readonly string[];
}

export interface ChatAnswer {
  readonly sessionId: string;
  readonly answer: string;
  readonly products: readonly Product[];
  readonly sources: readonly { readonly id: string; readonly kind: 'product' | 'article'; readonly title: string }[];
  readonly abstained: boolean;
}

/** What went wrong, in words for the customer, with the id under which the shop's logs tell more. */
export class ApiError extends Error {
  readonly correlationId: string | undefined;

  constructor(message: string, correlationId: string | undefined) {
    super(message);
    this.name = 'ApiError';
    this.correlationId = correlationId;
  }
}

const timeoutMs = 20_000;
const unreachable = 'The shop cannot be reached right now. Check your connection and try again.';

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return undefined;
  return typeof body.detail === 'string' ? body.detail : undefined;
}

async function post(path: string, body: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw new ApiError(unreachable, undefined);
  }
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => undefined);
  const correlationId = response.headers.get('x-correlation-id') ?? undefined;
  throw new ApiError(messageOf(problem) ?? 'Something went wrong. Please try again.', correlationId);
}

/** Asks the assistant. Rejects with ApiError. */
export async function ask(message: string, sessionId: string | undefined): Promise<ChatAnswer> {
  const response = await post('/api/chat', sessionId === undefined ? { message } : { message, sessionId });
  // The backend of the same release writes this body; its own tests hold it to the shape.
  return (await response.json()) as ChatAnswer;
}

/** Tells the shop whether an answer helped. Rejects with ApiError. */
export async function rate(sessionId: string, helpful: boolean): Promise<void> {
  await post('/api/feedback', { sessionId, helpful });
}
