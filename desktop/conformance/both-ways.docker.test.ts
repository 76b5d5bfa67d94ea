import { expect, test } from 'vitest';
import { bothWaysArea } from './both-ways/both-ways.ts';
import { judge, unexpected } from './judge.ts';
import { mainReference } from './reference.ts';

/** Some dozen projects are started, changed and taken down twice. */
const timeout = 10 * 60_000;

test('what one tool begins, the other goes on with', { timeout }, async () => {
  expect(unexpected(await judge(bothWaysArea, await mainReference()))).toEqual([]);
});
