import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlationIdOf } from './id.ts';
import { levelName, levelOfNumber, levelOfWord } from './level.ts';
import { scanLine } from './scan.ts';
import { decode, plainText, shownText } from './text.ts';

const levelOf = (text: string): string => levelName(scanLine(Buffer.from(text)).level);
const idOf = (text: string): string | undefined => correlationIdOf(Buffer.from(text));

const ids = ['correlationId', 'correlation_id', 'reqId', 'requestId', 'traceId', 'trace_id', 'x-request-id'];
const idValue = fc.oneof(
  fc.uuid(),
  fc.nat(),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom(null, true, '', {}, []),
);
const anyValue = fc.jsonValue({ maxDepth: 3 });
const pinoLine = fc.record(
  {
    level: fc.oneof(fc.constantFrom(10, 20, 30, 35, 40, 50, 60), fc.constantFrom('info', 'WARN', 'error', 'odd')),
    time: fc.nat(),
    msg: fc.string({ unit: 'grapheme' }),
    req: fc.oneof(fc.record({ id: idValue, headers: anyValue }, { requiredKeys: [] }), anyValue),
    'req.id': idValue,
    ...Object.fromEntries(ids.map((name) => [name, idValue])),
    err: anyValue,
    nested: fc.record({ level: fc.constant(60), reqId: fc.constant('inner') }),
  },
  { requiredKeys: [] },
);

/** The same rules on the parsed object: what the scan has to agree with. */
function byParsing(text: string): { level: string; id: string | undefined } {
  const line = JSON.parse(text) as Record<string, unknown>;
  const value = line['level'] ?? line['severity'] ?? line['lvl'];
  const level = typeof value === 'number' ? levelOfNumber(value) : levelOfWord(typeof value === 'string' ? value : '');
  const request = line['req'];
  const nested =
    typeof request === 'object' && request !== null && !Array.isArray(request)
      ? (request as { id?: unknown }).id
      : undefined;
  const usable = (candidate: unknown): string | undefined =>
    typeof candidate === 'number' || (typeof candidate === 'string' && candidate !== '')
      ? String(candidate)
      : undefined;
  const order = [
    'correlationId',
    'correlation_id',
    'reqId',
    'req.id',
    'requestId',
    'traceId',
    'trace_id',
    'x-request-id',
  ];
  const found = order.map((name) => usable(line[name]) ?? (name === 'req.id' ? usable(nested) : undefined));
  return { level: levelName(level), id: found.find((candidate) => candidate !== undefined) };
}

describe('JSON lines', () => {
  test('the scan agrees with JSON.parse', () => {
    fc.assert(
      fc.property(pinoLine, fc.constantFrom(undefined, 2), (line, indent) => {
        // Both spellings of the nested id at once have no agreed order.
        if ('req' in line && 'req.id' in line) return;
        const text = JSON.stringify(line, undefined, indent);
        expect({ level: levelOf(text), id: idOf(text) }).toEqual(byParsing(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['{"level":30,"time":1}', 'info'],
    ['{"level":50,"level":"zz"}', 'error'],
    ['{"level":50,"level":10}', 'error'],
    ['{"severity":"WARNING"}', 'warn'],
    ['{"lvl":"60"}', 'fatal'],
    ['{"level":3}', 'none'],
    ['{"msg":"level\\":60"}', 'none'],
    ['{"a":{"level":60},"b":[{"level":60}]}', 'none'],
    ['  {"level":40}', 'warn'],
    ['{"level":20,"msg":"torn', 'debug'],
    ['{"level"', 'none'],
    ['{', 'none'],
    ['{}', 'none'],
  ])('%s is %s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });

  test('ids: the last of a repeated key counts, escapes are undone', () => {
    expect(idOf('{"reqId":"a","reqId":"b"}')).toBe('b');
    expect(idOf('{"reqId":"a","reqId":null}')).toBeUndefined();
    expect(idOf('{"reqId":"a\\"b\\u0041"}')).toBe('a"bA');
    expect(idOf('{"req":{"id":7}}')).toBe('7');
    expect(idOf('{"req":{"id":7},"req":{}}')).toBeUndefined();
    expect(idOf(`{"reqId":"${'x'.repeat(300)}"}`)).toBeUndefined();
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (noise) => scanLine(Buffer.concat([Buffer.from('{"level":'), noise])).level >= 0),
    );
    fc.assert(fc.property(fc.uint8Array(), (noise) => scanLine(noise).level >= 0));
  });
});

test.each([
  ['ERROR something broke', 'error'],
  ['[warn] low on disk', 'warn'],
  ['Error: no such file', 'error'],
  ['TypeError: x is not a function', 'error'],
  ['INFO:     127.0.0.1 - "GET /"', 'info'],
  ['2026-11-23 10:00:00.123  INFO 1 --- [main] Started', 'info'],
  ['2026/11/23 10:00:00 [error] 7#7: *1 open() failed', 'error'],
  ['2026-11-23 10:00:00.000 UTC [1] FATAL:  the database is starting', 'fatal'],
  ['time="2026-11-23T10:00:00Z" level=warning msg="x"', 'warn'],
  ['\u001b[31mERROR\u001b[0m red', 'error'],
  ['an error occurred', 'none'],
  ['GET /error 200', 'none'],
  ['npm error code E404', 'none'],
  ['listening on 3000', 'none'],
  ['', 'none'],
])('plain text %j is %s', (text, level) => {
  expect(levelOf(text)).toBe(level);
});

describe('text', () => {
  test('16 KiB are shown, never a torn character', () => {
    fc.assert(
      fc.property(fc.nat(8), (shift) => {
        const bytes = Buffer.from('a'.repeat(shift) + 'ä€😀'.repeat(3000));
        const { text, cut } = shownText(bytes);
        expect(cut).toBe(true);
        expect(decode(bytes).startsWith(text)).toBe(true);
        expect(Buffer.byteLength(text)).toBeGreaterThan(16 * 1024 - 4);
      }),
    );
    expect(shownText(Buffer.alloc(16 * 1024, 'a')).cut).toBe(false);
  });

  test('a progress bar shows its last state; broken UTF-8 becomes the replacement character', () => {
    expect(shownText(Buffer.from('10%\r50%\r100%\r')).text).toBe('100%');
    expect(shownText(Buffer.from([0x61, 0xff, 0x62])).text).toBe('a\ufffdb');
  });

  test('escapes are invisible to search', () => {
    expect(
      plainText(Buffer.from('\u001b[1;31mred\u001b[0m\u001b]0;title\u0007 end\u001b]8;;http://x\u001b\\link')),
    ).toBe('red endlink');
  });
});
