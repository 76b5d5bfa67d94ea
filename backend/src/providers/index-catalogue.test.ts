import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedCatalogue, loadCatalogue } from '../catalogue/load.ts';
import { type Fakes, startFakes } from '../testing/providers.ts';

let fakes: Fakes;
beforeEach(async () => {
  fakes = await startFakes();
});
afterEach(() => fakes.stop());

async function run(env: Record<string, string>) {
  const command = ['--conditions=shop-source', fileURLToPath(new URL('../index-catalogue.ts', import.meta.url))];
  const child = spawn(process.execPath, command, { env: { PATH: process.env['PATH'], ...env } });
  const [[code], out] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stdout)]);
  return { code, out };
}

const environment = () => ({
  OPENAI_API_KEY: fakes.key,
  OPENAI_BASE_URL: fakes.openai.baseUrl,
  PINECONE_API_KEY: fakes.key,
  PINECONE_BASE_URL: fakes.pinecone.url,
  PINECONE_INDEX: 'shop',
});

test('writes every passage once, however often it is run, and deletes what is not in the catalogue any more', async () => {
  const { products, articles } = await loadCatalogue(embeddedCatalogue);
  const ids = [...products, ...articles].map(({ id }) => id).sort();
  const namespace = fakes.pinecone.index.of('shop');
  for (let count = 0; count < 250; count += 1)
    namespace.set(`old-${count}`, { id: `old-${count}`, values: [], metadata: {} });
  const first = await run(environment());
  expect([first.code, first.out]).toEqual([0, expect.stringContaining('"deleted":250')]);
  expect([...namespace.keys()].sort()).toEqual(ids);
  const before = structuredClone([...namespace]);
  const second = await run(environment());
  expect([second.code, second.out]).toEqual([0, expect.stringContaining('"deleted":0')]);
  expect([...namespace]).toEqual(before);
  expect(first.out + second.out).not.toContain(fakes.key);
});

test('without Pinecone it is an invalid configuration; with a wrong key a failure', async () => {
  const without = await run({});
  expect([without.code, without.out]).toEqual([78, expect.stringContaining('PINECONE_API_KEY')]);
  const wrong = await run({ ...environment(), PINECONE_API_KEY: 'a-wrong-key' });
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('the key is not accepted')]);
});
