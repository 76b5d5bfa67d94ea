import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LogFilter } from '#contract/index.ts';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { createLogWorkers, type LogWorkers } from './log-workers.ts';
import { readPage } from './read.ts';

const never = new AbortController().signal;
const show = (text: string): string => text;
const words = ['request completed', 'Cache MISS', 'größer als', '支払い', 'x'.repeat(1500)];
const count = 40_000;

interface Sample {
  readonly text: string;
  readonly status: number;
  readonly word: string;
  readonly id: string;
}

function sampleAt(n: number): Sample {
  const status = [200, 201, 404, 500][(n * 7) % 4] ?? 200;
  const word = words[(n * 11) % words.length] ?? '';
  const id = `req-${n >> 2}`;
  const object = {
    level: status >= 500 ? 50 : 30,
    n,
    reqId: id,
    res: { statusCode: status },
    path: `/api/${n % 3}`,
    msg: word,
  };
  const text = n % 50 === 0 ? `plain \u001b[31mred\u001b[0mdish ${n} status 500` : JSON.stringify(object);
  return n % 50 === 0 ? { text, status: 0, word: '', id: '' } : { text, status, word, id };
}

const samples = Array.from({ length: count }, (_, n) => sampleAt(n));
let workers: LogWorkers;
let store: LogStore;

beforeAll(async () => {
  workers = createLogWorkers();
  store = createLogStore({ workers });
  store.addSource({ service: 'even', name: 'even-1' });
  store.addSource({ service: 'odd', name: 'odd-1' });
  for (const [n, { text }] of samples.entries()) {
    const line = shown({ stream: 1, sec: 1000 + n, nanos: 0, text: Buffer.from(text), cut: false });
    store.add(line, factsOf(n % 2, line));
  }
  await vi.waitFor(() => {
    expect(store.slabs.filter(({ sealed }) => sealed).length).toBeGreaterThan(2);
  }, 20_000);
}, 30_000);

afterAll(() => {
  workers.dispose();
});

/** Everything that passes, walked by pages from both ends; each way has to meet the same lines. */
async function found(filter: Partial<LogFilter>): Promise<number[]> {
  const whole = { services: [], levels: [], search: '', ...filter };
  const source = { store, workers, show };
  const seqs: number[] = [];
  for (let after = 0, more = true; more; ) {
    const page = await readPage(source, { filter: whole, after, limit: 2000, waitMs: 0 }, never);
    seqs.push(...page.lines.map(({ seq }) => seq));
    ({ cursor: after, more } = page);
  }
  const newest = await readPage(source, { filter: whole, limit: 300, waitMs: 0 }, never);
  expect(newest.lines.map(({ seq }) => seq)).toEqual(seqs.slice(-300));
  expect(newest.more).toBe(seqs.length > 300);
  const before = seqs[Math.floor(seqs.length / 2)] ?? 1;
  const earlier = await readPage(source, { filter: whole, before, limit: 300, waitMs: 0 }, never);
  expect(earlier.lines.map(({ seq }) => seq)).toEqual(seqs.filter((seq) => seq < before).slice(-300));
  for (const limit of [40, 2000]) {
    const latest = await readPage(source, { filter: whole, after: before, newest: true, limit, waitMs: 0 }, never);
    const behind = seqs.filter((seq) => seq > before);
    expect(latest.lines.map(({ seq }) => seq)).toEqual(behind.slice(-limit));
    expect(latest).toMatchObject({ cursor: store.lastSeq, dropped: 0, more: behind.length > limit });
  }
  return seqs.map((seq) => seq - 1);
}

const matching = (test: (sample: Sample, n: number) => boolean): number[] =>
  samples.flatMap((sample, n) => (test(sample, n) ? [n] : []));

describe('a search over open, closed and sealed slabs', () => {
  test.each<[string, Partial<LogFilter>, (sample: Sample, n: number) => boolean]>([
    ['text in any case', { search: 'cache miss' }, ({ word }) => word === 'Cache MISS'],
    ['text that is not ASCII', { search: 'GRÖSSER' }, () => false],
    ['text that is not ASCII, in any case', { search: 'GRÖßER' }, ({ word }) => word === 'größer als'],
    ['other scripts', { search: '支払い' }, ({ word }) => word === '支払い'],
    ['text behind colours', { search: 'reddish' }, (_, n) => n % 50 === 0],
    ['a pattern', { search: '/Cache M[A-Z]+/' }, ({ word }) => word === 'Cache MISS'],
    [
      'a pattern that also runs over line ends',
      { search: '/"n":1\\d\\d[^x]+msg/' },
      ({ text }) => /"n":1\d\d[^x]+msg/.test(text),
    ],
    ['a pattern with look-around', { search: '/(?<!\\d)404(?=\\})/' }, ({ status }) => status === 404],
    ['the end of a line', { search: '/500$/' }, (_, n) => n % 50 === 0],
    ['a number', { query: 'status>=500' }, ({ status }) => status >= 500],
    ['a path', { query: 'path=/api/2' }, ({ text }) => text.includes('/api/2')],
    [
      'two fields and a level',
      { query: 'path=/api/1 level>=error' },
      ({ text, status }) => text.includes('/api/1') && status === 500,
    ],
    [
      'either',
      { query: 'status=404 or msg:"cache miss"' },
      ({ status, word }) => status === 404 || word === 'Cache MISS',
    ],
    ['not', { query: '-status<300 service=odd' }, ({ status }, n) => n % 2 === 1 && !(status !== 0 && status < 300)],
    ['a field that differs', { query: 'status!=200' }, ({ status }) => status !== 200 && status !== 0],
    ['one id', { correlationId: 'req-77' }, ({ id }) => id === 'req-77'],
    [
      'moments',
      { query: 'status=404 or n>=0', behind: '1500', upTo: '1510' },
      (sample, n) => n > 500 && n <= 510 && sample.word !== '',
    ],
    ['times', { from: '1500', to: '1510.5' }, (_, n) => n >= 500 && n <= 510],
  ])('%s', async (_what, filter, test) => {
    expect(await found(filter)).toEqual(matching(test));
  });

  test('a pattern that takes for ever is given up, and the next search works', async () => {
    await expect(found({ search: '/^(?:[^{]|.)*(x+x+)+y(?!z)/' })).rejects.toMatchObject({ code: 'USAGE' });
    expect(await found({ correlationId: 'req-9' })).toEqual(matching(({ id }) => id === 'req-9'));
  }, 30_000);

  test('sealing takes little memory and changes no line', () => {
    for (const slab of store.slabs.filter(({ sealed }) => sealed)) expect(slab.cost).toBeLessThan(400_000);
    for (const n of [0, 1, 50, 17_001])
      expect(
        store
          .find(n + 1)
          ?.slab.bytes(n + 1 - (store.slabAt(n + 1)?.firstSeq ?? 0))
          .toString(),
      ).toBe(samples[n]?.text);
  });
});
