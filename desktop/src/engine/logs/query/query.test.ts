import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logLevels, QuaysideError } from '#contract/index.ts';
import { conditionText } from '#kit/query-terms.ts';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { searchLines } from '../search/search-lines.ts';
import { Slab, slabMemory } from '../store/slab.ts';
import { compile } from './compile.ts';
import { finderFor } from './finder.ts';
import { parseQuery } from './parse-query.ts';

/** Names that mean something else than a field of the line. */
const reserved = new Set([
  'level',
  'service',
  'container',
  'stream',
  'id',
  'time',
  'status',
  'path',
  'method',
  'duration',
  'msg',
]);
const now = Date.parse('2026-09-21T12:00:00Z');
const sources = [{ service: 'backend', name: 'shop-backend-1' }];

function holds(query: string, line: string | object): boolean {
  const text = Buffer.from(typeof line === 'string' ? line : JSON.stringify(line));
  const slab = new Slab(1, slabMemory(text.length));
  const whole = shown({ stream: 2, sec: now / 1000 - 60, nanos: 0, text, cut: false });
  slab.append(whole, factsOf(0, whole));
  slab.hasId(0);
  const expression = parseQuery(query, now);
  const search = { test: compile(expression, sources), finder: finderFor(expression) };
  return searchLines(slab, search, { from: 0, to: 1, step: 1, limit: 1 }).length === 1;
}

const line = {
  level: 40,
  msg: 'Vector store slow',
  reqId: 'r-1',
  res: { statusCode: 503 },
  path: '/api/chat',
  'a.b': 1,
  n: '12',
  none: null,
};

describe('a filter', () => {
  test.each([
    ['', true],
    ['status>=500', true],
    ['status>=504', false],
    ['status=503', true],
    ['res.statusCode<504 res.statusCode>502', true],
    ['path=/api/chat', true],
    ['path=/api', false],
    ['path:/API', true],
    ['path~^/api/', true],
    ['path~/CHAT$/i', true],
    ['path~/CHAT$/', false],
    ['slow', true],
    ['"store slow"', true],
    ['"store  slow"', false],
    ['/st.re/ and level=warn', true],
    ['level>=error', false],
    ['level>=30 level!=error', true],
    ['level=none', false],
    ['service=backend', true],
    ['service=frontend,backend container=shop-backend-1', true],
    ['service!=backend', false],
    ['stream=stderr', true],
    ['id=r-1', true],
    ['id=r-2', false],
    ['-id=r-2', true],
    ['time>=5m', true],
    ['time>=30s', false],
    ['time<2026-09-21T12:00:00Z', true],
    ['a.b=1', true],
    ['n>9', true],
    ['none=null', true],
    ['absent!=1', false],
    ['-absent=1', true],
    ['not (status=503 or slow)', false],
    ['(status=200 or status=503) -level=error', true],
    ['status=200 | slow', true],
    ['toString=1', false],
    ['__proto__.x=1', false],
  ])('%s', (query, expected) => {
    expect(holds(query, line)).toBe(expected);
  });

  test('text that is no JSON has no fields, and breaks nothing', () => {
    expect(holds('status=500', 'status=500')).toBe(false);
    expect(holds('status=500', '{"status":500')).toBe(false);
    expect(holds('500', 'status=500')).toBe(true);
  });

  test.each([
    ['status>=', 6, /missing/],
    ['(a or b', 7, /missing/],
    ['a)', 1, /opened/],
    ['"open', 0, /no end/],
    ['level=loud', 6, /no level/],
    ['time>=yesterday', 6, /not a time/],
    ['path~[', 5, /not a regular expression/],
    ['a or', 4, /missing/],
    ['=5', 0, /missing/],
    ['service>x', 8, /compared/],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 0, /deep/],
  ])('%s is refused with its place and a remedy', (query, at, message) => {
    const failure = (() => {
      try {
        return parseQuery(query, now);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(QuaysideError);
    expect(failure).toMatchObject({
      code: 'USAGE',
      details: { at },
      message: expect.stringMatching(message) as string,
    });
    expect((failure as QuaysideError).remedy).not.toBe('');
  });

  test('all levels can be named', () => {
    for (const level of logLevels) expect(() => parseQuery(`level=${level}`, now)).not.toThrow();
  });
});

test('what a click on a value asks for finds the line that has it, and turned round leaves it out', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => !reserved.has(one));
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(name, value, (field, wanted) => {
      const asked = {
        name: field,
        operator: '=',
        value: typeof wanted === 'string' ? wanted : JSON.stringify(wanted),
      } as const;
      const text = JSON.stringify(Object.fromEntries([[field, wanted]]));
      expect(holds(conditionText(asked), text)).toBe(true);
      expect(holds(conditionText({ ...asked, not: true }), text)).toBe(false);
    }),
  );
});
