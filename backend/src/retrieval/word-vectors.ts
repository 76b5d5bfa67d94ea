import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rarity } from './english.ts';

/** The file that the image has; `scripts/word-vectors.mjs` makes it. */
export const embeddedWordVectors = fileURLToPath(new URL('../../data/word-vectors.bin', import.meta.url));

export const dimensions = 100;
const lengthBytes = 4;

/** General-purpose vectors of English words: words of like meaning are near. */
export class WordVectors {
  readonly #places: ReadonlyMap<string, number>;
  readonly #values: Int8Array;

  /** `file`: length of the word list (32 bit, little-endian), the words a line each, then a signed byte for each dimension of each word. */
  constructor(file: Uint8Array) {
    const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
    const start = lengthBytes + length;
    const words = new TextDecoder().decode(file.subarray(lengthBytes, start)).split('\n');
    this.#places = new Map(words.map((word, index) => [word, index * dimensions]));
    this.#values = new Int8Array(file.buffer, file.byteOffset + start, words.length * dimensions);
  }

  static async read(path: string): Promise<WordVectors> {
    return new WordVectors(await readFile(path));
  }

  /** The mean of the words' vectors, rare words counting more, of length 1; undefined where no word has one. */
  mean(words: readonly string[]): Float32Array | undefined {
    const sum = new Float32Array(dimensions);
    for (const word of words) {
      const place = this.#places.get(word);
      if (place === undefined) continue;
      const values = this.#values.subarray(place, place + dimensions);
      const factor = rarity(word) / lengthOf(values);
      for (let index = 0; index < dimensions; index += 1) {
        sum[index] = (sum[index] ?? 0) + factor * (values[index] ?? 0);
      }
    }
    const length = lengthOf(sum);
    if (length === 0) return undefined;
    for (let index = 0; index < dimensions; index += 1) sum[index] = (sum[index] ?? 0) / length;
    return sum;
  }
}

function lengthOf(values: Float32Array | Int8Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return Math.sqrt(sum);
}
