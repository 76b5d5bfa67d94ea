import { expect, test } from 'vitest';
import { drawTrayIcon } from './tray-icon.ts';

const marks = ['ok', 'bad', 'busy', 'off', 'unknown'] as const;

/** Where the icon is solid, a letter per pixel. */
function shape(mark: (typeof marks)[number], size: number): string {
  const pixels = drawTrayIcon(mark, size);
  return Array.from({ length: size * size }, (_, at) => ((pixels[at * 4 + 3] ?? 0) > 127 ? '#' : '.')).join('');
}

test.each([16, 32])('at %i pixels every state has a shape of its own, with a corner that is clear', (size) => {
  const shapes = marks.map((mark) => shape(mark, size));
  expect(new Set(shapes).size).toBe(marks.length);
  for (const one of shapes) {
    expect(one).toHaveLength(size * size);
    expect(one[0]).toBe('.');
    expect(one.replaceAll('.', '').length).toBeGreaterThan((size * size) / 2);
  }
});

test('colours are multiplied by their alpha', () => {
  const pixels = drawTrayIcon('bad', 16);
  for (let at = 0; at < pixels.length; at += 4) {
    const [blue = 0, green = 0, red = 0, alpha = 0] = pixels.subarray(at, at + 4);
    expect(Math.max(blue, green, red)).toBeLessThanOrEqual(alpha);
  }
});
