import { z } from 'zod';
import { HashedEmbedder } from '../retrieval/hashed-embedder.ts';

const passage = z.object({ id: z.string(), title: z.string() });

/** What a fake model says to a prompt; replaced by tests that need something else. */
export type Script = (prompt: string) => string;

/** Names the best passage of the prompt and cites it. */
export const obedient: Script = (prompt) => {
  const line = /<passages>\n(.*)\n/.exec(prompt)?.[1] ?? '{}';
  const { id, title } = passage.parse(JSON.parse(line));
  return `${title} fits best [[${id}]]. Ask me for more [[${id}]].`;
};

/** The text in pieces of seven characters, so that no marker arrives whole. */
export function inPieces(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? [];
}

const embedder = new HashedEmbedder();

/** Vectors for a fake embedding service: like words give near vectors, as with a real one. */
export async function fakeVectors(texts: readonly string[], dimensions: number): Promise<number[][]> {
  const vectors = await embedder.embed(texts);
  return vectors.map((vector) => [...vector].slice(0, dimensions));
}
