import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test('colours go, other control characters are shown, tabs and text stay', () => {
  expect(printable('\u001b[1;31mred\u001b[0m\tok é 漢')).toBe('red\tok é 漢');
  expect(printable('\u001b]52;c;aGk=\u0007')).toBe('\ufffd]52;c;aGk=\ufffd');
});

test('nothing that steers a terminal is left, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const character of printable(text)) {
        const code = character.codePointAt(0) ?? 0;
        expect(code === 9 || code >= 0xa0 || (code >= 0x20 && code < 0x7f)).toBe(true);
      }
    }),
  );
});
