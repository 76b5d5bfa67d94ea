import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogLine } from '#contract/index.ts';
import { filterOf, isFiltered, toggled } from './filter.ts';
import { heldSentence } from './held-sentence.ts';
import { prettyJson } from './pretty-json.ts';
import { rowModel } from './row-model.ts';
import { needleOf, searchProblem, splitBy } from './search-text.ts';

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
  test('shows the message and the other fields, flattened, without what has a place of its own', () => {
    const text =
      '{"level":30,"time":1,"pid":1,"hostname":"h","msg":"done","req":{"method":"GET","url":"/"},"ms":4,"reqId":"r1","list":[1,2]}';
    expect(rowModel(line(text, { correlationId: 'r1' }))).toEqual({
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
      expect(rowModel(line(text))).toEqual({ message: text, fields: [] });
  });

  // Thousands of examples take their time on a machine that does other things.
  test('carries no control character and never fails, whatever was logged', { timeout: 60_000 }, () => {
    fc.assert(
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
      { numRuns: 2000 },
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

describe('search', () => {
  test('a broken pattern is named; a pattern is not marked in rows', () => {
    expect(searchProblem('/a(/')).toMatch(/\S/);
    expect(searchProblem('/a+/')).toBeUndefined();
    expect(searchProblem('a(')).toBeUndefined();
    expect([needleOf('/a+/'), needleOf('TimeOut')]).toEqual(['', 'timeout']);
  });

  test('splits without losing a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(3), (text, from, length) => {
        const needle = text.slice(from, from + length);
        const pieces = splitBy(text, needle.toLowerCase());
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces.filter(({ found }) => found))
          expect(piece.text.toLowerCase()).toBe(needle.toLowerCase());
      }),
    );
    expect(splitBy('A timeout, a Timeout', 'timeout').filter(({ found }) => found)).toHaveLength(2);
  });
});

test('a filter is what the view says, and an empty one filters nothing', () => {
  const none = { services: [], levels: [], search: '' };
  expect([isFiltered(none), isFiltered({ ...none, search: 'x' }), isFiltered({ ...none, correlationId: 'r' })]).toEqual(
    [false, true, true],
  );
  expect(filterOf({ ...none, correlationId: undefined })).toEqual(none);
  expect([toggled(['a'], 'b'), toggled(['a', 'b'], 'a')]).toEqual([['a', 'b'], ['b']]);
});

test('the sentence on what is held says what was dropped', () => {
  const since = new Date(2026, 0, 1, 9, 12).toISOString();
  expect(heldSentence({ services: 2, held: 214_806, since, dropped: 0 })).toBe(
    '2 services · 214,806 lines held since 09:12 · nothing dropped',
  );
  expect(heldSentence({ services: 1, held: 1, dropped: 3 })).toBe('1 service · 1 line held · 3 lines dropped');
});
