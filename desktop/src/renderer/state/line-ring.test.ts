import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from './line-ring.ts';

const capacity = 7;
const mostWeight = 40;
const weigh = (item: number): number => item;

test('behaves like a list that is cut to its limits at the other end, with positions that stay', () => {
  const items = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 });
  const command = fc.record({ kind: fc.constantFrom('push' as const, 'unshift' as const), items });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const ring = new Ring<number>({ capacity, mostWeight, weigh });
      const model = new Map<number, number>();
      let [first, end] = [0, 0];
      const fits = (item: number): boolean => {
        const all = [...model.values(), item];
        return all.length <= 1 || (all.length <= capacity && all.reduce((a, b) => a + b, 0) <= mostWeight);
      };
      for (const { kind, items } of commands) {
        const [room, before] = [ring.room(items), ring.first];
        if (kind === 'push') {
          for (const item of items) {
            for (; !fits(item); first += 1) model.delete(first);
            model.set(end++, item);
          }
          ring.push(items);
          expect(ring.first === before).toBe(room === items.length);
        } else {
          for (const item of items.toReversed()) {
            while (!fits(item)) model.delete(--end);
            model.set(--first, item);
          }
          ring.unshift(items);
        }
        expect([ring.first, ring.end, ring.length]).toEqual([first, end, end - first]);
        for (let position = first - 2; position < end + 2; position += 1) {
          expect(ring.at(position)).toBe(model.get(position));
        }
        expect([...ring]).toEqual([...model].sort(([a], [b]) => a - b).map(([, item]) => item));
      }
    }),
  );
});

test('takes the oldest out as long as they pass; the others keep their positions', () => {
  const ring = new Ring<number>({ capacity: 5 });
  ring.push([9, 1, 2, 3, 8, 4]);
  expect(ring.shiftWhile((item) => item < 4)).toEqual([1, 2, 3]);
  expect([ring.first, ring.at(4), ring.at(5), ring.at(3)]).toEqual([4, 8, 4, undefined]);
  expect(ring.shiftWhile(() => true)).toEqual([8, 4]);
  expect(ring.length).toBe(0);
});

test('says how many are no more than a share of what it may hold, one at least', () => {
  const ring = new Ring<number>({ capacity, mostWeight, weigh });
  expect([ring.share([5, 5, 5, 5], 0.25), ring.share([30, 1], 0.25), ring.share([], 0.25)]).toEqual([2, 1, 0]);
  expect(ring.share([1, 1, 1, 1, 1], 0.5)).toBe(4);
});

test('is empty after a clear', () => {
  const ring = new Ring<number>({ capacity: 3, mostWeight: 8, weigh });
  ring.push([1, 2, 3, 4]);
  ring.clear();
  expect([ring.length, ring.at(0), ring.at(3), ring.room([4, 4, 1])]).toEqual([0, undefined, undefined, 2]);
});

test('is full by number, and by weight before one more would be too much', () => {
  const ring = new Ring<number>({ capacity: 3, mostWeight: 100, weigh });
  ring.push([90]);
  expect(ring.full).toBe(false);
  ring.push([6]);
  expect(ring.full).toBe(true);
  ring.push([50, 1, 1]);
  expect([[...ring], ring.full]).toEqual([[50, 1, 1], true]);
});
