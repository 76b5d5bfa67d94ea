import { expect, test } from 'vitest';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { createLogStore } from '../store/store.ts';
import { ErrorKinds } from './error-kinds.ts';
import { kindOf } from './kind-of.ts';

const error = (msg: string, more: object = {}): string => JSON.stringify({ level: 50, msg, ...more });

function setUp(maxBytes?: number) {
  const store = createLogStore(maxBytes === undefined ? {} : { maxBytes });
  let sec = 1000;
  const write = (source: number, ...texts: string[]): void => {
    for (const text of texts) {
      const line = shown({ stream: 1, sec: (sec += 1), nanos: 0, text: Buffer.from(text), cut: false });
      store.add(line, factsOf(source, line));
    }
  };
  return { store, write, errors: new ErrorKinds(store) };
}

test.each([
  ['order 17 failed after 3.5 s', 'order 18 failed after 12 s'],
  ['no user "ann"', 'no user "bob"'],
  ['request 7f3a9c21-d4e5-4a11-9c1d-000000000001 lost', 'request 11112222-aaaa-4b22-8d2e-123456789abc lost'],
  ['lease 7f3a9c21 gone', 'lease 00bb1122 gone'],
  ['at 2026-09-21T12:00:00.123Z: no answer', 'at 2026-11-01T00:00:01Z: no answer'],
])('%j and %j are of one kind', (one, other) => {
  expect(kindOf(one)).toBe(kindOf(other));
});

test('words make kinds', () => {
  expect(new Set(['cache failed', 'decade failed', 'store failed'].map(kindOf)).size).toBe(3);
});

test('new is what no earlier container of the service logged; a service without earlier ones has nothing new', async () => {
  const { store, write, errors } = setUp();
  const [before, now, alone] = ['api-1', 'api-1', 'web-1'].map((name) =>
    store.addSource({ service: name.slice(0, 3), name }),
  );
  write(before ?? 0, error('order 1 failed'), error('cache failed'), JSON.stringify({ level: 30, msg: 'brand-new' }));
  write(alone ?? 0, error('never seen'));
  write(now ?? 0, error('order 2 failed'), error('llm timeout', { err: { type: 'AbortError' } }), error('brand-new'));
  write(now ?? 0, error('llm timeout', { err: { type: 'AbortError' } }), 'plain text, which has no level');
  const current = new Set([now ?? 0, alone ?? 0]);
  const found = await errors.fresh(current);
  expect(found).toMatchObject([
    { service: 'api', text: 'AbortError: llm timeout', count: 2, seq: 8 },
    { service: 'api', text: 'brand-new', count: 1, seq: 7 },
  ]);
  expect(found[0]?.first).toBe('1970-01-01T00:16:46.000000000Z');
  expect(found[0]?.last).toBe('1970-01-01T00:16:48.000000000Z');

  write(before ?? 0, error('brand-new'));
  expect((await errors.fresh(current)).map(({ text }) => text)).toEqual(['AbortError: llm timeout']);
});

test('what has left the store is remembered, and more kinds than are kept are told of', async () => {
  const { store, write, errors } = setUp(4 * 1024 * 1024);
  const [before, now] = [0, 1].map(() => store.addSource({ service: 'api', name: 'api-1' }));
  write(before ?? 0, error('known'));
  expect(await errors.fresh(new Set([now ?? 1]))).toEqual([]);
  const letters = (n: number): string =>
    Array.from(String(n), (digit) => String.fromCharCode(103 + Number(digit))).join('');
  for (let n = 0; n < 3000; n += 1) write(now ?? 1, error(letters(n), { pad: 'x'.repeat(3000) }));
  write(now ?? 1, error('known'));
  expect(store.firstSeq).toBeGreaterThan(1);
  const found = await errors.fresh(new Set([now ?? 1]));
  expect(found.length).toBeGreaterThan(500);
  expect(found.map(({ text }) => text)).not.toContain('known');
  expect(errors.full).toBe(false);
  for (let n = 3000; n < 6000; n += 1) {
    write(now ?? 1, error(letters(n)));
    if (n % 500 === 0) await errors.fresh(new Set([now ?? 1]));
  }
  await errors.fresh(new Set([now ?? 1]));
  expect(errors.full).toBe(true);
});
