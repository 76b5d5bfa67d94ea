import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect } from './fixtures/collect.ts';
import { parseJson, readLines, readNdjson } from './ndjson.ts';

const stream = (chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> => Readable.from(chunks);

/** Cuts bytes at the given places (any order, any number). */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

describe('NDJSON reader', () => {
  test('any cutting of the bytes gives the same values (J.1 row 6: UTF-8 split over chunks)', async () => {
    const anyValue = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyValue),
        fc.array(fc.nat()),
        fc.constantFrom('\n', '\r\n', '\n\n'),
        async (values, places, newline) => {
          const bytes = Buffer.from(values.map((value) => JSON.stringify(value)).join(newline));
          expect(await collect(readNdjson(stream(cut(bytes, places))))).toEqual(values);
        },
      ),
    );
  });

  test('keeps a character whole whose bytes come one by one', async () => {
    const bytes = Buffer.from('{"text":"Grüße 🚢"}\n');
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await collect(readNdjson(stream(chunks)))).toEqual([{ text: 'Grüße 🚢' }]);
  });

  test('leaves blank lines out and takes a last line without newline', async () => {
    const bytes = Buffer.from('\n\r\n{"a":1}\r\n\n  \n{"b":2}');
    expect(await collect(readNdjson(stream([bytes])))).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('hands out each value before the next line has come (J.1 row 5: nothing is collected)', async () => {
    let asked = 0;
    async function* slow(): AsyncGenerator<Uint8Array> {
      for (const text of ['{"n":1}\n', '{"n":2}\n']) {
        asked += 1;
        await setImmediate();
        yield Buffer.from(text);
      }
    }
    const values = readNdjson(slow());
    expect((await values.next()).value).toEqual({ n: 1 });
    expect(asked).toBe(1);
  });

  test('broken JSON rejects as ENGINE_PROTOCOL with at most 200 characters of it (J.1 row 5)', async () => {
    const reading = collect(readNdjson(stream([Buffer.from(`{"a":1}\n<html>${'x'.repeat(900)}\n`)])));
    const excerpt = `<html>${'x'.repeat(194)}…`;
    await expect(reading).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL', details: { excerpt } });
  });

  test('a line without end is refused before it fills the memory', async () => {
    const endless = Array.from({ length: 10 }, () => Buffer.alloc(100, 'a'));
    await expect(collect(readLines(stream(endless), 512))).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
    expect(await collect(readLines(stream([Buffer.alloc(512, 'a')]), 512))).toHaveLength(1);
  });

  test('one JSON text', () => {
    expect(parseJson('[1]')).toEqual([1]);
    expect(() => parseJson('')).toThrow(expect.objectContaining({ code: 'ENGINE_PROTOCOL' }));
  });
});
