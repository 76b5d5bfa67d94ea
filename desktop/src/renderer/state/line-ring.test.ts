import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ring } from './line-ring.ts';

const capacity = 7;

test('behaves like a list that is cut to its capacity, with positions that stay', () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), items: fc.array(fc.integer(), { maxLength: 12 }) }),
    fc.record({ kind: fc.constant('unshift' as const), items: fc.array(fc.integer(), { maxLength: 12 }) }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const ring = new Ring<number>(capacity);
      const model = new Map<number, number>();
      let [first, end] = [0, 0];
      for (const { kind, items } of commands) {
        if (kind === 'push') {
          for (const item of items) model.set(end++, item);
          for (; end - first > capacity; first += 1) model.delete(first);
          ring.push(items);
        } else {
          const fit = items.slice(items.length - Math.min(items.length, capacity - (end - first)));
          for (const item of fit.toReversed()) model.set(--first, item);
          expect(ring.unshift(items)).toBe(fit.length);
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
  const ring = new Ring<number>(5);
  ring.push([9, 1, 2, 3, 8, 4]);
  expect(ring.shiftWhile((item) => item < 4)).toEqual([1, 2, 3]);
  expect([ring.first, ring.at(4), ring.at(5), ring.at(3)]).toEqual([4, 8, 4, undefined]);
  expect(ring.shiftWhile(() => true)).toEqual([8, 4]);
  expect(ring.length).toBe(0);
});

test('is empty after a clear', () => {
  const ring = new Ring<number>(3);
  ring.push([1, 2, 3, 4]);
  ring.clear();
  expect([ring.length, ring.at(0), ring.at(3)]).toEqual([0, undefined, undefined]);
});
