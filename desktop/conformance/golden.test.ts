import { expect, test } from 'vitest';
import { merged } from '#engine/compose/hash/fixtures/golden-vectors.ts';
import { serviceText } from '#engine/compose/hash/hash.ts';
import { serviceHash } from '#engine/compose/index.ts';
import { load } from '#engine/compose/testing.ts';
import type { Case } from './case.ts';
import { mergeCases } from './cases/merge.ts';
import { resetCases } from './cases/reset.ts';

async function serviceOf(one: Case | undefined) {
  const service = (await load(one?.files ?? {})).services.get('a');
  if (service === undefined) throw new Error('a is missing');
  return service;
}

test('the merge of two and of three files has the recorded text and hashes', { timeout: 30_000 }, async () => {
  const two = await serviceOf(mergeCases[0]);
  const three = await serviceOf(resetCases[0]);
  expect(serviceText(two, 'P5')).toBe(merged.text);
  expect([serviceHash(two, 'P5'), serviceHash(three, 'P5')]).toEqual([merged.two, merged.three]);
});
