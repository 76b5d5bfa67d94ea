import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogLine } from '#contract/index.ts';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { speak } from '#words/index.ts';
import { emptyView, filterOf, isFiltered, matchesOf, toggled, turned, unfiltered, withCondition } from './filter.ts';
import { heldSentence } from './held-sentence.ts';
import { markerOf, splitBy } from './highlight.ts';
import { prettyJson } from './pretty-json.ts';
import { rowModel } from './row-model.ts';

await speak('en');

let seq = 0;
const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
  seq: (seq += 1),
  time: '2026-01-01T00:00:00Z',
  service: 'backend',
  container: 'c',
  stream: 'stdout',
  level: 'info',
  text,
  ...more,
});

describe('a row', () => {
  test.each([
    ['lines', 2_000, 'short'],
    ['characters', 125, 'x'.repeat(16 * 1024)],
  ])('is made once while it is looked at, and not kept for ever: a bound on %s', (_what, count, text) => {
    const first = line('first');
    const row = rowModel(first);
    rowModel(line(text));
    expect(rowModel(first)).toBe(row);
    for (let n = 0; n < count; n += 1) rowModel(line(text));
    expect(rowModel(first)).not.toBe(row);
  });

  test('shows the message and the other fields, flattened, without what has a place of its own', () => {
    const text =
      '{"level":30,"time":1,"pid":1,"hostname":"h","msg":"done","req":{"method":"GET","url":"/"},"ms":4,"reqId":"r1","list":[1,2]}';
    expect(rowModel(line(text, { correlationId: 'r1' }))).toMatchObject({
      message: 'done',
      fields: [
        ['req.method', 'GET'],
        ['req.url', '/'],
        ['ms', '4'],
        ['list', '[1,2]'],
      ],
    });
  });

  test('shows what is no JSON object as it is', () => {
    for (const text of ['plain', '{"cut":', '[1]', '3', 'null'])
      expect(rowModel(line(text))).toMatchObject({ message: text, fields: [] });
  });

  // Thousands of examples take their time on a machine that does other things.
  test('carries no control character and never fails, whatever was logged', { timeout: fuzzTimeout }, async () => {
    await fuzz(
      'escape sequences',
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc
            .dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
            .map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const { message, fields } = rowModel(line(text));
          const shown = [message, ...fields.flat()].join('');
          // eslint-disable-next-line no-control-regex
          expect(shown).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
        },
      ),
      2000,
    );
  });

  test('a hostile key is only text', () => {
    expect(rowModel(line('{"msg":"m","__proto__":{"polluted":1}}')).fields).toEqual([['__proto__.polluted', '1']]);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('pretty JSON', () => {
  test('means the same as the text it came from', () => {
    fc.assert(
      fc.property(fc.object(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(prettyJson(text) ?? 'null')).toEqual(JSON.parse(text));
        expect(prettyJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  test('keeps long numbers and repeated keys as they were written', () => {
    expect(prettyJson('{"id":12345678901234567890,"a":1,"a":{}}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "a": 1,\n  "a": {}\n}',
    );
  });

  test('leaves other text alone', () => {
    for (const text of ['hello', '{"cut":', '42']) expect(prettyJson(text)).toBeUndefined();
  });
});

describe('marks', () => {
  const found = (query: string, text: string) =>
    splitBy(text, markerOf(query)(text)).flatMap((piece) => (piece.found ? [piece.text] : []));

  test('texts, patterns and contained values are marked; what is turned round or compared is not', () => {
    expect(found('timeout', 'A timeout, a Timeout')).toEqual(['timeout', 'Timeout']);
    expect(found('"a t" /T\\w+t/ -late', 'a timeout, late Timeout')).toEqual(['a t', 'Timeout']);
    expect(found('/TIME/i', 'time Time')).toEqual(['time', 'Time']);
    expect(found('path:/api status=200 -(x or not y)', 'x y /api/chat 200')).toEqual(['y', '/api']);
    expect(found('aba bab', 'xababx')).toEqual(['abab']);
  });

  test('a pattern that could freeze the page is left to the core', () => {
    expect(found('/(a+)+b/', `${'a'.repeat(40)}b`)).toEqual([]);
    expect(found('/a.*b.*c/', `a${'x'.repeat(300)}bc`)).toEqual([]);
    expect(found('/a.*c/', `a${'x'.repeat(300)}bc`)).toHaveLength(1);
    expect(found('"no end', 'no end')).toEqual([]);
  });

  test('splitting loses no character, and marks only what was asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(3), (text, from, length) => {
        const characters = Array.from(text);
        const needle = characters.slice(from, from + length).join('');
        // Neither what is looked for nor a colour begins within a character.
        const placeOf = (count: number): number => characters.slice(0, count).join('').length;
        const pieces = splitBy(text, markerOf(`"${needle.replace(/["\\]/g, '\\$&')}"`)(text), [
          { from: placeOf(2), look: 'fg1' },
          { from: placeOf(5), look: '' },
        ]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces.filter(({ found: isFound }) => isFound))
          expect(text.toLowerCase()).toContain(piece.text.toLowerCase());
      }),
    );
  });
});

describe('a filter', () => {
  test('is what the view says, and an empty one filters nothing', () => {
    expect(filterOf(emptyView)).toEqual({ services: [], levels: [], search: '' });
    const view = { ...emptyView, query: 'a or b', conditions: ['status=500'], from: '10m', columns: ['ms'] };
    expect(filterOf(view)).toEqual({ ...filterOf(emptyView), query: '(a or b) status=500', from: '10m' });
    expect([emptyView, view, { ...emptyView, query: 'x', all: true }].map(isFiltered)).toEqual([false, true, false]);
    expect(unfiltered(view)).toMatchObject({ query: '', conditions: [], columns: ['ms'] });
  });

  test('where all lines are shown, the query only says what matches', () => {
    const view = { ...emptyView, query: 'x', services: ['a'], all: true };
    expect(filterOf(view)).toEqual({ ...filterOf(emptyView), services: ['a'] });
    expect(matchesOf(view)).toEqual({ ...filterOf(emptyView), services: ['a'], query: 'x' });
  });

  test('a condition takes the place of its opposite', () => {
    const view = withCondition(withCondition(emptyView, 'a=1'), 'b=2');
    expect(withCondition(view, '-a=1').conditions).toEqual(['b=2', '-a=1']);
    expect(['a=1', '-a=1', 'not a=1'].map(turned)).toEqual(['-a=1', 'a=1', 'a=1']);
    expect([toggled(['a'], 'b'), toggled(['a', 'b'], 'a')]).toEqual([['a', 'b'], ['b']]);
  });
});

test('the sentence on what is held says what was dropped', () => {
  const since = new Date(2026, 0, 1, 9, 12).toISOString();
  expect(heldSentence({ services: 2, held: 214_806, since, dropped: 0 })).toBe(
    '2 services · 214,806 lines held since 09:12 · nothing dropped',
  );
  expect(heldSentence({ services: 1, held: 1, dropped: 3 })).toBe('1 service · 1 line held · 3 lines dropped');
});
