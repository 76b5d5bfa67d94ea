import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogLine } from '#contract/index.ts';
import { Ring } from '#state/line-ring.ts';
import { speak } from '#words/index.ts';
import { styledText } from './ansi.ts';
import { exactMs } from './exact-time.ts';
import { exportedLine, memorySink, type Sink, writeLines } from './export-file.ts';
import { outcomeWords } from './export-outcome.ts';
import { conditionOn } from './field-list.tsx';
import { type Lines, lineOfKey, placeOf, positionAt, positionOf, positionOfSought } from './find-line.ts';
import { blockAt, longTexts } from './line-block.ts';
import { parseFields, valueAt } from './line-fields.ts';
import { lineKey, timeOfKey } from './line-key.ts';
import { momentOf, rangeSentence } from './time-range.ts';
import { shortTime, timelineOf } from './timeline.ts';
import { withAhead } from './use-lines.ts';
import { fieldNames } from './view-tools.tsx';
import { barsOf } from './volume.ts';

await speak('en');

const base: LogLine = {
  seq: 1,
  time: '2026-01-01T00:00:00.000000000Z',
  service: 'backend',
  container: 'backend-1',
  stream: 'stdout',
  level: 'info',
  text: '',
};
const line = (seq: number, more: Partial<LogLine> = {}): LogLine => ({
  ...base,
  seq,
  time: `2026-01-01T00:00:${String(seq % 60).padStart(2, '0')}.000000000Z`,
  ...more,
});
const listOf = (lines: readonly LogLine[]): Lines => ({
  first: 0,
  end: lines.length,
  at: (position) => lines[position],
});

test('lines that are not in order yet stand where they will be, behind what is not here', () => {
  const ring = new Ring<LogLine>({ capacity: 10 });
  ring.push([line(1), line(2)]);
  const lines = withAhead(ring, { mark: 1, skipped: 3, lines: [line(6), line(7)] });
  const shown = Array.from({ length: lines.end - lines.first }, (_, index) => lines.at(lines.first + index)?.seq);
  expect(shown).toEqual([1, 2, undefined, undefined, undefined, 6, 7]);
  expect([1, 2].map((seq) => positionOf(lines, seq))).toEqual([0, 1]);
  expect(withAhead(ring, undefined)).toMatchObject({ first: 0, end: 2 });
  // A line that was shown before an earlier one came is found where it is now.
  ring.push([line(3), line(4)]);
  expect(placeOf(ring, line(4))).toEqual({ position: 3, line: line(4) });
  expect(placeOf(ring, { ...line(4), seq: 3 })).toEqual({ position: 3, line: line(4) });
  expect(placeOf(ring, { ...line(9), seq: 3 })).toBeUndefined();
});

describe('colours of a terminal', () => {
  test('become looks from where they begin; every other escape is gone', () => {
    const red = styledText('\u001b[31mred\u001b[0m \u001b]52;c;aGk=\u0007plain \u001b[1;92mok\u001b[39m bold');
    expect(red.text).toBe('red plain ok bold');
    expect(red.styles).toEqual([
      { from: 0, look: 'fg1' },
      { from: 3, look: '' },
      { from: 10, look: 'fg10 bold' },
      { from: 12, look: 'bold' },
    ]);
    expect(styledText('\u001b[38;5;3ma\u001b[38;2;1;2;3mb\u001b[7;44mc').styles).toEqual([
      { from: 0, look: 'fg3' },
      { from: 1, look: '' },
      { from: 2, look: 'bg7' },
    ]);
  });

  test('no control character is left, and looks are words that have a class', { timeout: 60_000 }, () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b[31m', '\u001b[1;7;105m', '\u001b]0;t\u0007', '\u001b[', '\u001b]52;c;', '\u202e', 'm'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text, styles } = styledText(pieces.join(''));
        // eslint-disable-next-line no-control-regex
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
        for (const { from, look } of styles) {
          expect(from).toBeLessThan(text.length);
          expect(look).toMatch(/^(?:(?:(?:fg|bg)(?:\d|1[0-5])|bold|dim|italic|underline)(?: |$))*$/);
        }
      }),
    );
  });
});

describe('the timeline of a request', () => {
  const at = (ms: string, service: string, seq: number) =>
    line(seq, { time: `2026-01-01T00:00:00.${ms}Z`, service, container: `${service}-1` });

  test('has offsets, gaps and a lane for each service, to the microsecond', () => {
    const { took, moments, lanes } = timelineOf([
      at('050000000', 'frontend', 4),
      at('000500000', 'frontend', 1),
      at('010000000', 'backend', 2),
      at('030000000', 'backend', 3),
    ]);
    expect(took).toBeCloseTo(49.5, 6);
    expect(
      moments.map(({ line: { seq }, offset, gap }) => [seq, Math.round(offset * 10) / 10, gap?.toFixed(1)]),
    ).toEqual([
      [1, 0, '49.5'],
      [2, 9.5, '20.0'],
      [3, 29.5, undefined],
      [4, 49.5, undefined],
    ]);
    expect(lanes.map(({ service, lines, took: spent }) => [service, lines, Math.round(spent * 10) / 10])).toEqual([
      ['frontend', 2, 49.5],
      ['backend', 2, 20],
    ]);
  });

  test('bars stay within the whole, and nothing is lost but markers', () => {
    const some = fc.array(fc.tuple(fc.nat(999_999_999), fc.constantFrom('a', 'b', 'c')), { maxLength: 40 });
    fc.assert(
      fc.property(some, (times) => {
        const lines = times.map(([nanos, service], seq) => at(String(nanos).padStart(9, '0'), service, seq));
        const { took, moments, lanes } = timelineOf([...lines, line(99, { stream: 'marker' })]);
        expect(moments.map(({ line: { seq } }) => seq).sort((a, b) => a - b)).toEqual(lines.map(({ seq }) => seq));
        for (const { start, width } of [...moments, ...lanes]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + width).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(took).toBeGreaterThanOrEqual(0);
        expect(lanes.reduce((sum, lane) => sum + lane.lines, 0)).toBe(lines.length);
      }),
    );
  });

  test('times are read with their nanoseconds and told shortly', () => {
    expect(exactMs('2026-01-01T00:00:00.000250Z') - exactMs('2026-01-01T00:00:00Z')).toBeCloseTo(0.25, 3);
    expect([0, 0.42, 41, 1240, 12_345].map(shortTime)).toEqual(['0 ms', '0.4 ms', '41 ms', '1.24 s', '12.3 s']);
  });
});

describe('finding lines', () => {
  test('by seq, by time and by key', () => {
    const lines = listOf([2, 4, 9, 12].map((seq) => line(seq)));
    expect([positionOf(lines, 9), positionOf(lines, 5), positionOf(lines, 99)]).toEqual([2, undefined, undefined]);
    expect(positionAt(lines, Date.parse('2026-01-01T00:00:05Z'))).toBe(2);
    const fine = listOf(
      ['000100Z', '000200Z', '000300Z'].map((end, seq) => line(seq, { time: `2026-01-01T00:00:00.${end}` })),
    );
    expect(positionAt(fine, exactMs('2026-01-01T00:00:00.000200Z'))).toBe(1);
    const key = lineKey(line(4));
    expect(lineOfKey(lines, key, Date.parse(timeOfKey(key) ?? ''))).toMatchObject({ position: 1, line: { seq: 4 } });
    expect([timeOfKey('nothing'), timeOfKey(undefined)]).toEqual([undefined, undefined]);
  });

  test('a line that the core tells of is found by its time where lines of the past have numbers of their own', () => {
    const numbered = [2, 4, 9].map((seq, index) => ({ ...line(seq), seq: 9 + index }));
    const lines = listOf(numbered);
    expect(positionOfSought(lines, line(9))).toBe(2);
    expect(positionOfSought(lines, { seq: 9, time: line(4).time })).toBe(1);
    expect(positionOfSought(lines, { ...line(9), container: 'other' })).toBeUndefined();
  });

  test('a stack trace is one block, whichever of its lines is asked for, over lines of others', () => {
    const texts = ['TypeError: x', '    at a (b.ts:1)', 'other', '    at c (d.ts:2)', 'Caused by: y', 'done'];
    const lines = listOf(
      texts.map((text, seq) =>
        line(seq, { text, level: seq === 0 ? 'error' : 'none', ...(text === 'other' ? { container: 'x' } : {}) }),
      ),
    );
    for (const position of [0, 1, 3, 4]) expect(blockAt(lines, position).map(({ seq }) => seq)).toEqual([0, 1, 3, 4]);
    expect(blockAt(lines, 5).map(({ seq }) => seq)).toEqual([5]);
    expect(
      longTexts(
        new Map<string, unknown>([
          ['a', 'x'],
          ['err', { stack: 'E\n at f' }],
        ]),
      ),
    ).toEqual([['err.stack', 'E\n at f']]);
  });
});

test('fields: found at dotted names, own ones only; those of most lines are offered first', () => {
  const fields = parseFields('{"a":{"b":{"c":1}},"a.x":2,"__proto__":{"p":1}}') ?? new Map<string, unknown>();
  expect(['a.b.c', 'a.x', 'a.toString', 'none', '__proto__.p'].map((path) => valueAt(fields, path))).toEqual([
    1,
    2,
    undefined,
    undefined,
    1,
  ]);
  const lines = listOf(['{"a":1}', '{"a":1,"b":{"c":2}}', 'plain'].map((text, seq) => line(seq, { text })));
  expect(fieldNames(lines)).toEqual(['a', 'b.c']);
  expect([conditionOn('status', 500), conditionOn('a b', 'x y'), conditionOn('time', 1)]).toEqual([
    'status=500',
    '"a b"="x y"',
    undefined,
  ]);
  expect(conditionOn('long', 'x'.repeat(500))).toBe(`long:${'x'.repeat(120)}`);
});

test('times: of day on the day that is looked at, or with a date; a range in words', () => {
  const near = new Date(2026, 0, 31, 20).getTime();
  expect(momentOf('14:03', near)).toBe(new Date(2026, 0, 31, 14, 3).toISOString());
  expect(momentOf(' 4:03:27.5 ', near)).toBe(new Date(2026, 0, 31, 4, 3, 27, 500).toISOString());
  expect(momentOf('2026-01-02 10:00', near)).toBe(new Date(2026, 0, 2, 10).toISOString());
  const evening = Date.UTC(2026, 0, 31, 20);
  expect(momentOf('14:03', evening, true)).toBe('2026-01-31T14:03:00.000Z');
  expect(momentOf('2026-01-02 10:00', evening, true)).toBe('2026-01-02T10:00:00.000Z');
  expect(momentOf('2026-01-02T10:00:00+01:00', evening, true)).toBe('2026-01-02T09:00:00.000Z');
  expect(rangeSentence({ from: '2026-01-31T14:00:00Z' }, true)).toBe('since 31/01/2026 14:00:00 UTC');
  expect(['25:00', 'soon', '', '12'].map((text) => momentOf(text, near))).toEqual(Array(4).fill(undefined));
  expect([rangeSentence({}), rangeSentence({ from: '15m' }), rangeSentence({ from: '2h' })]).toEqual([
    undefined,
    'last 15 minutes',
    'since 2h ago',
  ]);
});

test('bars are shares of the highest, and one error can be seen', () => {
  const none = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
  const bars = barsOf({
    filled: [
      { at: 0, levels: { ...none, info: 1000 } },
      { at: 3, levels: { ...none, info: 499, error: 0, fatal: 1 } },
    ],
  });
  expect(bars).toMatchObject([
    { at: 0, lines: 1000, errors: 0, height: 1, badHeight: 0 },
    { at: 3, lines: 500, errors: 1, height: 0.5, badHeight: 0.06 },
  ]);
});

describe('export', () => {
  const steering = line(1, { text: '\u001b]0;title\u0007hello\u202e' });

  test('JSON keeps every character as data; text cannot steer a terminal', () => {
    expect(JSON.parse(exportedLine(steering, 'ndjson'))).toEqual(steering);
    expect(exportedLine(steering, 'text')).toBe(`${steering.time} backend      info  hello⟨U+202E⟩\n`);
  });

  test('page after page goes into the sink, and a full one says how far it got', async () => {
    async function* pages(missing = false) {
      for (let seq = 1; seq <= 3; seq += 1)
        yield await Promise.resolve({ lines: [line(seq)], missing: missing && seq === 2 });
    }
    const got: string[] = [];
    const sink = (room: number): Sink => ({
      most: 3e9,
      write: (text) => Promise.resolve(got.push(text) <= room),
      close: () => Promise.resolve(void got.push('closed')),
      abort: () => Promise.resolve(),
    });
    const told: number[] = [];
    expect(outcomeWords(await writeLines(pages(), sink(9), 'ndjson', (soFar) => told.push(soFar)))).toMatch(
      /^3 lines saved as newline-delimited JSON$/,
    );
    expect([told, got.length, got.at(-1)]).toEqual([[1, 2, 3], 4, 'closed']);
    got.length = 0;
    expect(outcomeWords(await writeLines(pages(), sink(2), 'text', () => undefined))).toMatch(
      /^Only the first 2 lines were saved: a download holds 3.0 GB/,
    );
    expect(outcomeWords(await writeLines(pages(true), sink(9), 'text', () => undefined))).toMatch(
      /^3 lines saved as .*Some lines may be missing; the file says where\.$/,
    );
    expect(outcomeWords({ kind: 'saved', lines: 1, format: 'text', missing: false })).toBe('1 line saved as text');
    const small = memorySink('x', 'text', 4);
    expect([await small.write('abc'), await small.write('de')]).toEqual([true, false]);
  });
});
