import { expect, test } from 'vitest';
import { serviceHash } from '#engine/compose/index.ts';
import { serviceText } from '#engine/compose/hash/hash.ts';
import { load } from '#engine/compose/testing.ts';
import { mergeCases } from './cases/merge.ts';
import { resetCases } from './cases/reset.ts';

test('the recorded merge of three files comes out as recorded', async () => {
  const merged = await load(resetCases[0]?.files ?? {});
  const service = merged.services.get('a');
  if (service === undefined) throw new Error('a is missing');
  expect(serviceText(service, 'P5')).toContain('"healthcheck":{"test":["NONE"]},"image":"over"');
  const two = await load(mergeCases[0]?.files ?? {});
  const plain = two.services.get('a');
  if (plain === undefined) throw new Error('a is missing');
  expect([serviceHash(plain, 'P5'), serviceHash(service, 'P5')]).toEqual([
    '4ca94604c230dcd0aced68dba517f874629bc6a43f9c6904e37c3d06343808f4',
    '1b9e6dae3cb48ec3c1c5d118148342080f50ed31dd95d0f6f9523271bc810dca',
  ]);
}, 60_000);
