import type { CustomFetch } from 'openid-client';

/** The provider did not answer, or with more than is read; the message says why, for people. */
export class NoAnswer extends Error {}

export interface FetchLimits {
  /** Milliseconds that an answer may take with all of its body. */
  readonly deadlineMs: number;
  readonly longestBytes: number;
}

const limits: FetchLimits = { deadlineMs: 10_000, longestBytes: 256 * 1024 };

/** How the provider is called: it may neither take its time nor fill the memory, and leads nowhere else. Throws NoAnswer. */
export function createProviderFetch({ deadlineMs, longestBytes }: FetchLimits = limits): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const response = await fetch(address, {
        method,
        headers,
        body: body ?? null,
        redirect: 'manual',
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
      const bytes = await readAtMost(response, longestBytes);
      return new Response(bytes.length === 0 ? null : bytes, { status: response.status, headers: response.headers });
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      const why = deadline.aborted ? `it takes longer than ${deadlineMs / 1000} seconds` : connectionWord(error);
      throw new NoAnswer(why, { cause: error });
    }
  };
}

async function readAtMost({ body }: Response, longestBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > longestBytes) throw new NoAnswer(`an answer is longer than ${longestBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The system's word for it, such as ECONNREFUSED. */
function connectionWord(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'the connection broke';
}
