import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycle, layers } from './order.ts';

const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));

test('layers go from what needs nothing to what needs the rest', () => {
  expect(layers(graph({ web: ['api'], api: ['db', 'cache'], db: [], cache: [], other: ['gone'] }))).toEqual([
    ['db', 'cache', 'other'],
    ['api'],
    ['web'],
  ]);
});

test('a cycle is named from its start to its start', () => {
  expect(findCycle(graph({ x: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toEqual(['a', 'b', 'c', 'a']);
  expect(findCycle(graph({ a: ['a'] }))).toEqual(['a', 'a']);
  expect(findCycle(graph({ a: ['b'], b: [] }))).toBeUndefined();
});

test('a chain of any length neither exhausts the stack nor takes long', () => {
  const names = Array.from({ length: 50_000 }, (_, index) => `s${index}`);
  const chain = new Map(names.map((name, index) => [name, [names[index + 1] ?? 's0']]));
  expect(findCycle(chain)?.length).toBe(50_001);
  chain.set(names.at(-1) ?? '', []);
  expect(findCycle(chain)).toBeUndefined();
});

test('without a cycle every layer needs only earlier ones, with one it is found', () => {
  const anyName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const anyGraph = fc.dictionary(anyName, fc.uniqueArray(anyName));
  fc.assert(
    fc.property(anyGraph, (edges) => {
      const needs = graph(edges);
      const cycle = findCycle(needs);
      if (cycle !== undefined) {
        for (const [index, name] of cycle.slice(0, -1).entries()) expect(needs.get(name)).toContain(cycle[index + 1]);
        return;
      }
      const placed = new Set<string>();
      for (const layer of layers(needs)) {
        for (const name of layer)
          for (const need of needs.get(name) ?? []) expect(placed.has(need) || !needs.has(need)).toBe(true);
        for (const name of layer) placed.add(name);
      }
      expect(placed.size).toBe(needs.size);
    }),
  );
});
