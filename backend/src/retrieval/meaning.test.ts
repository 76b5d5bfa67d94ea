import { beforeAll, describe, expect, test } from 'vitest';
import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import { MeaningIndex } from './meaning-index.ts';
import { dimensions, embeddedWordVectors, WordVectors } from './word-vectors.ts';

let vectors: WordVectors;
beforeAll(async () => {
  vectors = await WordVectors.read(embeddedWordVectors);
});

function cosine(one: string, other: string): number {
  const [a = [], b = []] = [one, other].map((text) => vectors.mean(text.split(' ')));
  return Array.from(a, (value, index) => value * (b[index] ?? 0)).reduce((sum, product) => sum + product, 0);
}

/** A file of words, each with the same byte in all dimensions but the first. */
function fileOf(values: Readonly<Record<string, readonly [number, number]>>): Uint8Array {
  const list = Buffer.from(Object.keys(values).join('\n'));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  const rows = Object.values(values).map(([first, others]) =>
    Buffer.from(Int8Array.from({ length: dimensions }, (_, index) => (index === 0 ? first : others))),
  );
  return Buffer.concat([length, list, ...rows]);
}

describe('word vectors', () => {
  test('of words of like meaning are near, of others are not', () => {
    expect(cosine('furious', 'angry')).toBeGreaterThan(0.5);
    expect(cosine('refund', 'reimbursement')).toBeGreaterThan(0.5);
    expect(cosine('furious', 'kettle')).toBeLessThan(0.2);
  });

  test('have length 1 as a mean too, whatever their own lengths; no known word has none', () => {
    const two = new WordVectors(fileOf({ tent: [100, 0], lamp: [-5, 0], chair: [0, 3] }));
    const mean = two.mean(['tent', 'nowhere', 'chair']) ?? new Float32Array();
    expect(mean.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 5);
    expect(two.mean(['lamp'])?.[0]).toBeCloseTo(-1, 5);
    expect([two.mean(['nowhere']), two.mean([])]).toEqual([undefined, undefined]);
  });
});

test('passages are found by what is meant, though no word is the same, and only those that pass the filter', () => {
  const catalogue: Catalogue = {
    products: [],
    articles: [
      { id: 'complaint', title: 'Complaints', text: 'If you are unhappy or angry about our service, write to us.' },
      { id: 'wood', title: 'Oiling wood', text: 'Rub linseed oil into the board.' },
    ],
    synonyms: {},
    needs: {},
  };
  const index = new MeaningIndex(entriesOf(catalogue), vectors);
  expect(index.search(['furious', 'annoyed'], {}).map(({ id }) => id)).toEqual(['complaint', 'wood']);
  expect(index.search(['furious'], { kind: 'product' })).toEqual([]);
  expect(index.search(['qwertz'], {})).toEqual([]);
});
