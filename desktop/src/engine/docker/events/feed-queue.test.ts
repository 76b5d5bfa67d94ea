import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeedItem } from '../types.ts';
import { FeedQueue } from './feed-queue.ts';

const lost: FeedItem = { kind: 'lost', error: new Error('gone') };
const back: FeedItem = { kind: 'resync', cause: 'reconnected' };
const timer: FeedItem = { kind: 'resync', cause: 'timer' };
const event = (nanos: number): FeedItem => ({
  kind: 'event',
  event: { type: 'container', action: 'start', id: 'c', attributes: {}, timeNano: String(nanos) },
});

/** What is left in the queue now. */
async function drain(queue: FeedQueue): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  queue.push(lost);
  for (let item = await queue.next(); item !== undefined && item !== lost; item = await queue.next()) items.push(item);
  return items;
}

test('whatever comes, an unread queue stays small and no event is lost without a resync behind it', async () => {
  const anyItem = fc.oneof(fc.nat().map(event), fc.constantFrom(back, timer));
  await fc.assert(
    fc.asyncProperty(fc.array(anyItem, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), async (items, capacity) => {
      const queue = new FeedQueue(capacity);
      for (const item of items) queue.push(item);
      const left = await drain(queue);
      expect(left.length).toBeLessThanOrEqual(capacity + 1);
      const kept = new Set(left);
      const missing = items.findLastIndex((item) => item.kind === 'event' && !kept.has(item));
      if (missing === -1) return;
      expect(left.some(({ kind }) => kind === 'resync')).toBe(true);
    }),
  );
});

test('whether the engine is lost or back survives a full queue', async () => {
  const queue = new FeedQueue(2);
  for (const item of [event(1), event(2), back]) queue.push(item);
  expect(await queue.next()).toEqual({ kind: 'resync', cause: 'gap' });
  expect(await queue.next()).toBe(back);
});

test('that the engine is back survives also where only events follow', async () => {
  const queue = new FeedQueue(2);
  for (const item of [lost, back, event(1), event(2), event(3)]) queue.push(item);
  expect(await queue.next()).toBe(back);
});

test('a waiting reader is served at once; close ends it', async () => {
  const queue = new FeedQueue(2);
  const first = queue.next();
  queue.push(timer);
  expect(await first).toBe(timer);
  const second = queue.next();
  queue.close();
  expect(await second).toBeUndefined();
  queue.push(timer);
  expect(await queue.next()).toBeUndefined();
});
