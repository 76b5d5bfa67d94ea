import { expect, test } from 'vitest';
import { withFolder } from './case.ts';
import { errorCases } from './cases/errors.ts';
import { refusalOf } from './errors.ts';

test.for([...errorCases])('$name is refused with place and meaning', { timeout: 30_000 }, async (one) => {
  expect(await withFolder(one, (folder) => refusalOf(one, folder))).toBeUndefined();
});
