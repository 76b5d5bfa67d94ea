import { expect, test } from 'vitest';
import { buildFailureOf } from './build-failure.ts';

const problem = (details: Record<string, unknown>) => ({ code: 'BUILD_FAILED' as const, message: 'no', details });

test('reads the Dockerfile around the failing line', () => {
  const excerpt = [{ line: 9, text: 'RUN false', failing: true }];
  expect(buildFailureOf(problem({ dockerfile: 'Dockerfile', excerpt, output: ['a'], reason: 'exit code: 1' }))).toEqual(
    { dockerfile: 'Dockerfile', excerpt, output: ['a'] },
  );
  expect(buildFailureOf(problem({ dockerfile: 'Dockerfile' }))).toBeUndefined();
  expect(buildFailureOf(undefined)).toBeUndefined();
});
