import { z } from 'zod';

/**
 * Why somebody is not let in: a code that the page puts into words, with the status of an answer that is not known or the seconds
 * to wait; or, as `told`, cause and remedy as the host wrote them.
 */
export type Refused =
  | { readonly why: 'wrong' | 'incomplete' | 'silent' | 'over' }
  | { readonly why: 'unable'; readonly status: number }
  | { readonly why: 'tooOften'; readonly seconds: number }
  | { readonly why: 'told'; readonly words: string };

const refusal = z.object({ message: z.string(), remedy: z.string().optional() });

/** Cause and remedy as the host wrote them; rejects where it wrote none. */
export async function wordsOf(response: Response): Promise<string> {
  const { message, remedy } = refusal.parse(await response.json());
  return [message, remedy].filter(Boolean).join(' ');
}

/** What the host said in words; rejects where it said none. */
export async function toldBy(response: Response): Promise<Refused> {
  return { why: 'told', words: await wordsOf(response) };
}

/** The host is asked too often. */
export function tooOften({ headers }: Response): Refused {
  return { why: 'tooOften', seconds: Number(headers.get('retry-after') ?? '60') };
}
