import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LogFilter, type LogLine, logLevels } from '#contract/index.ts';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { MARKER_STREAM } from '../store/streams.ts';
import { countLines } from './count-lines.ts';
import { readPage } from './read.ts';

const never = new AbortController().signal;
const all: LogFilter = { services: [], levels: [], search: '' };

function storeOf(lines: readonly (readonly [sec: number, level: number, word: string])[]): LogStore {
  const store = createLogStore();
  store.addSource({ service: 'even', name: 'even-1' });
  store.addSource({ service: 'odd', name: 'odd-1' });
  for (const [n, [sec, level, word]] of lines.entries()) {
    const line = shown({
      stream: 1,
      sec,
      nanos: 0,
      text: Buffer.from(JSON.stringify({ level, msg: word })),
      cut: false,
    });
    const facts = factsOf(n % 2, line);
    store.add(line, n % 10 === 9 ? { ...facts, stream: MARKER_STREAM } : facts);
  }
  return store;
}

async function read(store: LogStore, filter: LogFilter): Promise<LogLine[]> {
  const page = await readPage({ store, show: (text) => text }, { filter, limit: 2000, waitMs: 0 }, never);
  return page.lines.filter(({ stream }) => stream !== 'marker');
}

const line = fc.tuple(
  fc.integer({ min: 1_700_000_000, max: 1_700_009_000 }),
  fc.constantFrom(20, 30, 40, 50, 60),
  fc.constantFrom('timeout', 'done'),
);
const filter: fc.Arbitrary<LogFilter> = fc.record({
  services: fc.constantFrom<LogFilter['services'][]>([], ['odd']),
  levels: fc.constantFrom<LogFilter['levels'][]>([], ['error', 'fatal']),
  search: fc.constantFrom('', 'timeout'),
  query: fc.constantFrom('', 'level>=warn', 'msg:done'),
});

describe('counts over time', () => {
  test('are those of the lines that a reader gets, in their steps, whatever the filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 60 }),
        filter,
        fc.integer({ min: 1, max: 200 }),
        async (lines, asked, bars) => {
          const store = storeOf(lines);
          const counts = await countLines({ store }, { filter: asked, bars }, never);
          const wanted = new Map<string, number>();
          const expected = await read(store, asked);
          for (const { time, level } of expected) {
            const at = Math.floor((Date.parse(time) / 1000 - counts.start) / counts.step);
            wanted.set(`${at} ${level}`, (wanted.get(`${at} ${level}`) ?? 0) + 1);
          }
          const told = counts.filled.flatMap(({ at, levels }) =>
            logLevels.flatMap((level) => (levels[level] === 0 ? [] : [[`${at} ${level}`, levels[level]] as const])),
          );
          expect(new Map(told)).toEqual(wanted);
          expect(counts.total).toBe(expected.length);
          expect(counts.steps).toBeLessThanOrEqual(Math.max(bars, counts.steps === 2 ? 2 : 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a time range makes the steps shorter', async () => {
    const store = storeOf(Array.from({ length: 200 }, (_, n) => [1_700_000_000 + n * 60, 30, 'x'] as const));
    const whole = await countLines({ store }, { filter: all, bars: 100 }, never);
    const from = '1700000000';
    const part = await countLines({ store }, { filter: { ...all, from, to: '1700000600' }, bars: 100 }, never);
    expect([whole.step, part.step, part.total]).toEqual([300, 10, 9]);
    expect(part.steps).toBeLessThanOrEqual(61);
  });

  test('a broken filter is refused', async () => {
    const store = storeOf([[1_700_000_000, 30, 'x']]);
    await expect(countLines({ store }, { filter: { ...all, query: 'a=' }, bars: 9 }, never)).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});
