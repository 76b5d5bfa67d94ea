import type { Embedder } from '../chat/ports.ts';
import { contentStems } from './words.ts';

const sizes = [2, 3, 4];

/** FNV-1a, 32 bit. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}

/**
 * Vectors of hashed character n-grams: texts with like spellings are near. Deterministic, needs no model, bears typos
 * and word forms; knows nothing of meaning.
 */
export class HashedEmbedder implements Embedder {
  readonly name = 'embedder';
  readonly dimensions = 1024;
  // Its vectors know spellings only, which the other ranking knows too: they decide between what else is equal.
  readonly similarity = { unrelated: 0.2, related: 0.6, weight: 0.1 };

  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return Promise.resolve(texts.map((text) => this.#embedOne(text)));
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  #embedOne(text: string): Float32Array {
    const vector = new Float32Array(this.dimensions);
    for (const word of contentStems(text)) {
      const padded = `<${word}>`;
      for (const size of sizes) {
        for (let start = 0; start + size <= padded.length; start += 1) {
          const hash = fnv1a(padded.slice(start, start + size));
          const place = hash % this.dimensions;
          // The sign, from a bit that the place does not use, lets collisions cancel out instead of adding up.
          vector[place] = (vector[place] ?? 0) + ((hash >>> 31) * 2 - 1);
        }
      }
    }
    return normalise(vector);
  }
}
