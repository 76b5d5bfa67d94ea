import { expect, test } from 'vitest';
import { paletteStep } from './palette-step.ts';

test('arrows go round, pages and ends stop at the ends, other keys go nowhere', () => {
  expect(paletteStep('ArrowDown', 2, 3)).toBe(0);
  expect(paletteStep('ArrowUp', 0, 3)).toBe(2);
  expect(paletteStep('PageDown', 1, 30)).toBe(9);
  expect(paletteStep('PageDown', 28, 30)).toBe(29);
  expect(paletteStep('PageUp', 3, 30)).toBe(0);
  expect(paletteStep('Home', 7, 30)).toBe(0);
  expect(paletteStep('End', 7, 30)).toBe(29);
  expect(paletteStep('a', 0, 3)).toBeUndefined();
  expect(paletteStep('End', 0, 0)).toBeUndefined();
});
