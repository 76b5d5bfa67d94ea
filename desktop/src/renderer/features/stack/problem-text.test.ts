import { expect, test } from 'vitest';
import { buildFailureOf, lastLinesOf, placeOf, problemReport } from './problem-text.ts';

const problem = (details: Record<string, unknown>) => ({ code: 'BUILD_FAILED' as const, message: 'no', details });

test('reads the Dockerfile around the failing line', () => {
  const excerpt = [{ line: 9, text: 'RUN false', failing: true }];
  expect(buildFailureOf(problem({ dockerfile: 'Dockerfile', excerpt, output: ['a'], reason: 'exit code: 1' }))).toEqual(
    { dockerfile: 'Dockerfile', excerpt, output: ['a'] },
  );
  expect(buildFailureOf(problem({ dockerfile: 'Dockerfile' }))).toBeUndefined();
  expect(buildFailureOf(undefined)).toBeUndefined();
});

test('reads last lines, probe output and place; details of another shape give nothing', () => {
  expect(lastLinesOf(problem({ logs: ['x'], probe: ' refused\n' }))).toEqual({ probe: 'refused', lines: ['x'] });
  expect(lastLinesOf(problem({ logs: 3, probe: '' }))).toEqual({ lines: [] });
  expect(placeOf(problem({ place: { file: 'compose.yaml', line: 4, column: 7 } }))).toBe(
    'compose.yaml, line 4, column 7',
  );
  expect(placeOf(problem({ place: 'there' }))).toBeUndefined();
  expect(problemReport(problem({ a: 1 }))).toBe('BUILD_FAILED: no\n{\n  "a": 1\n}');
});
