import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shown } from '../fixtures/lines.ts';
import type { Line } from '../parse/joiner.ts';
import { createLogStore, type LogStore } from '../store/store.ts';
import { createMerger, REORDER_MS } from './merger.ts';

function line(nanos: number, text: string, stream: 1 | 2 = 1): Line {
  return shown({ stream, sec: 1000, nanos, text: Buffer.from(text), cut: false });
}

function held(store: LogStore): string[] {
  return Array.from({ length: store.held }, (_, index) => {
    const place = store.find(store.firstSeq + index);
    return place === undefined ? '' : place.slab.bytes(place.row).toString();
  });
}

function stored(sources: number): LogStore {
  const store = createLogStore();
  for (let index = 0; index < sources; index += 1) store.addSource({ service: `s${index}`, name: `s${index}-1` });
  return store;
}

test('what comes within the window is put into the order of time, whatever order it came in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(1000)), { maxLength: 50 }), (arrivals) => {
      const store = stored(4);
      const merger = createMerger(store);
      merger.setActive([0, 1, 2, 3]);
      const newest = [0, 0, 0, 0];
      const keys: number[] = [];
      for (const [source, at] of arrivals) {
        // Within one stream the engine's clock does not go back.
        const nanos = Math.max(newest[source] ?? 0, at);
        newest[source] = nanos;
        keys.push(nanos);
        merger.line(source, line(nanos, String(nanos)));
      }
      merger.dispose();
      expect(held(store).map(Number)).toEqual(keys.toSorted((a, b) => a - b));
    }),
  );
});

test('lines that wait are told in the order that they will have, and a mark tells of new ones', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(1000)), { maxLength: 50 }), fc.nat(60), (arrivals, limit) => {
      const store = stored(4);
      const merger = createMerger(store);
      merger.setActive([0, 1, 2, 3]);
      let mark = merger.mark;
      let told = 0;
      merger.onArrival(() => {
        told += 1;
      });
      for (const [index, [source, at]] of arrivals.entries()) {
        merger.line(source, line(at, `${source} ${at} ${index}`));
        expect(merger.mark).not.toBe(mark);
        ({ mark } = merger);
      }
      // Tells of new lines and would put in order what all have passed: with these times, nothing.
      merger.batch();
      expect([merger.waiting, told]).toEqual([arrivals.length, arrivals.length === 0 ? 0 : 1]);
      const ahead = merger
        .newest(limit)
        .map(({ line: { bytes, start, end } }) => Buffer.from(bytes.subarray(start, end)).toString());
      merger.dispose();
      expect(ahead).toEqual(limit === 0 ? [] : held(store).slice(-limit));
    }),
  );
});

test('a clock that is set back does not turn the lines of a stream round', () => {
  const store = stored(2);
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  merger.line(0, line(500, 'first'));
  merger.line(0, line(100, 'second, by a clock set back'));
  merger.line(1, line(300, 'of another'));
  merger.dispose();
  expect(held(store)).toEqual(['of another', 'first', 'second, by a clock set back']);
});

test('lines wait for earlier ones of others; alone they need not', async () => {
  const store = stored(2);
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  merger.line(0, line(20, 'late'));
  await sleep(5);
  merger.line(1, line(10, 'early'));
  await sleep(REORDER_MS * 4);
  expect(held(store)).toEqual(['early', 'late']);
  merger.setActive([0]);
  const began = performance.now();
  merger.line(0, line(30, 'alone'));
  await new Promise<void>((resolve) => store.onChange(resolve));
  expect(performance.now() - began).toBeLessThan(REORDER_MS);
  merger.dispose();
});

test('what all have passed waits for nothing more, but for the streams of a container to be written down', async () => {
  const store = stored(3);
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  const ms = 1_000_000;
  for (const at of [10, 20, 30]) merger.line(0, line(at * ms, String(at)));
  merger.batch();
  expect(held(store)).toEqual([]);
  for (const at of [5, 15, 25]) merger.line(1, line(at * ms, String(at)));
  merger.batch();
  // Newest of all that write: 25 ms, and 2 ms before that.
  expect(held(store)).toEqual(['5', '10', '15', '20']);
  // One that is gone holds nobody up, one that has just come does.
  merger.setActive([0, 1, 2]);
  await sleep(10);
  merger.batch();
  expect(held(store)).toHaveLength(4);
  merger.setActive([0]);
  merger.line(0, line(40 * ms, '40'));
  merger.batch();
  expect(held(store)).toEqual(['5', '10', '15', '20', '25', '30']);
  merger.dispose();
});

test('the first lines wait until every history has come', async () => {
  const store = stored(2);
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  merger.expect(0);
  merger.expect(1);
  merger.line(0, line(20, 'new'));
  merger.caughtUp(0);
  await sleep(REORDER_MS * 2);
  expect(held(store)).toEqual([]);
  expect([merger.waiting, merger.newest(10)]).toEqual([0, []]);
  merger.line(1, line(10, 'old'));
  merger.caughtUp(1);
  await sleep(REORDER_MS * 4);
  expect(held(store)).toEqual(['old', 'new']);
  await merger.settled();
  merger.dispose();
});

test('a flood is not held back', () => {
  const store = stored(1);
  const merger = createMerger(store);
  merger.setActive([0, 1]);
  for (let index = 0; index < 10; index += 1) merger.line(0, line(index, 'x'.repeat(1024 * 1024)));
  expect(store.held).toBeGreaterThan(4);
  merger.dispose();
  expect(store.held).toBe(10);
});
