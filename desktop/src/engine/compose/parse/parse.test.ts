import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Node } from '../tree/node.ts';
import { Source } from '../tree/source.ts';
import { parseYaml } from './parse.ts';
import { parseInWorker } from './parse-in-worker.ts';
import { parseFullYaml } from './yaml.ts';

const sourceOf = (text: string): Source => new Source('/p/compose.yml', 'compose.yml', text);
const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => expect.unreachable(),
    (thrown: unknown) => thrown,
  );
  return error as Error;
};
/** For what is not about time: the machine may be busy. */
const patience = 60_000;
/** Larger than what is parsed on the spot, and not for the plain reader. */
const large = `x-long: &long\n${'  - "value"\n'.repeat(7000)}`;

function sourcesOf(node: Node, found = new Set<Source>()): Set<Source> {
  found.add(node.source);
  if (node.kind === 'map') for (const value of node.entries.values()) sourcesOf(value, found);
  if (node.kind === 'list') for (const item of node.items) sourcesOf(item, found);
  return found;
}

test('another thread gives the same as this one, of the same source', async () => {
  const text = `${large}a: &a {b: 1, c: [2.5, ~, true], mode: 0777, d: 010}\ne: *a\nf: !reset null\n---\ng: {<<: {h: 99999999999999999999}}\n`;
  const source = sourceOf(text);
  const parsed = await parseInWorker(source, patience);
  expect(parsed).toEqual(parseFullYaml(source));
  const [first] = parsed;
  if (first?.root.kind !== 'map') throw new Error('no map');
  expect([...sourcesOf(first.root)]).toEqual([source]);
  expect([...sourcesOf(first.root)][0]).toBe(source);
  expect(first.octals[0]?.where.source).toBe(source);
  const [a, e] = ['a', 'e'].map((key) => (first.root.kind === 'map' ? first.root.entries.get(key) : undefined));
  if (a?.kind !== 'map' || e?.kind !== 'map') throw new Error('no maps');
  expect(e.entries.get('c')).toBe(a.entries.get('c'));
});

test('what is wrong in a large file is told with its place, as of a small one', async () => {
  expect(await problemOf(parseInWorker(sourceOf(`${large}a: 1\na: 2\n`), patience))).toMatchObject({
    code: 'COMPOSE_INVALID',
    message: 'compose.yml:7003:1: "a" is already defined on line 7002',
    remedy: 'Remove one of the two.',
    details: { place: { line: 7003, column: 1 } },
  });
});

test('a file that takes too long is given up in words, and holds up nothing meanwhile', {
  timeout: 60_000,
}, async () => {
  let longest = 0;
  const state = { done: false };
  const beat = (async () => {
    while (!state.done) {
      const begun = performance.now();
      await sleep(20);
      longest = Math.max(longest, performance.now() - begun);
    }
  })();
  const begun = performance.now();
  // The library keeps an error for each of them.
  const error = await problemOf(parseYaml(sourceOf(`b: &b 1\na: ${']'.repeat(1024 * 1024 - 16)}`)));
  state.done = true;
  await beat;
  expect(error).toMatchObject({
    code: 'COMPOSE_INVALID',
    message: 'compose.yml:1:1: the file takes more than 2 s to parse',
  });
  expect(performance.now() - begun).toBeLessThan(8000);
  expect(longest).toBeLessThan(1500);
});

test('a file has at most 100 documents, which share one limit of values', async () => {
  expect((await problemOf(parseYaml(sourceOf('---\na: 1\n'.repeat(101))))).message).toContain(
    'the file has 101 documents',
  );
  expect(await parseYaml(sourceOf('---\na: 1\n'.repeat(100)))).toHaveLength(100);
  const many = (name: string) => `---\n${name}: [${'x,'.repeat(60_000)}]\n`;
  await expect(parseInWorker(sourceOf(many('a')), patience)).resolves.toHaveLength(1);
  await expect(parseInWorker(sourceOf(many('a') + many('b')), patience)).rejects.toThrow(
    /the file has more than 100000 values/,
  );
});
