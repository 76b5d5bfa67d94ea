import { expect, test } from 'vitest';
import { speak } from '#words/index.ts';
import { lastLinesOf, placeOf, problemReport } from './problem-text.ts';

await speak('en');

const problem = (details: Record<string, unknown>) => ({ code: 'BUILD_FAILED' as const, message: 'no', details });

test('reads last lines, probe output and place; details of another shape give nothing', () => {
  expect(lastLinesOf(problem({ logs: ['x'], probe: ' refused\n' }))).toEqual({ probe: 'refused', lines: ['x'] });
  expect(lastLinesOf(problem({ logs: 3, probe: '' }))).toEqual({ lines: [] });
  expect(placeOf(problem({ place: { file: 'compose.yaml', line: 4, column: 7 } }))).toBe(
    'compose.yaml, line 4, column 7',
  );
  expect(placeOf(problem({ place: 'there' }))).toBeUndefined();
  expect(problemReport(problem({ a: 1 }))).toBe('BUILD_FAILED: no\n{\n  "a": 1\n}');
});
