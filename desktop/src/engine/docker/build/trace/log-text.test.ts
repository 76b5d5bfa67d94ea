import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineAssembler } from './log-text.ts';

function linesOf(...parts: (string | Uint8Array)[]): string[] {
  const assembler = new LineAssembler();
  const lines = parts.flatMap((part) => assembler.push(typeof part === 'string' ? Buffer.from(part) : part));
  return [...lines, ...assembler.flush()];
}

describe('log lines', () => {
  test('are the same however the bytes are cut into messages', () => {
    const unit = fc.constantFrom('a', 'é', '☃', '👩‍🔧', '\n', '\r', ' ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), fc.array(fc.nat(200), { maxLength: 8 }), (text, cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort((a, b) => a - b);
        const parts = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(linesOf(...parts)).toEqual(linesOf(bytes));
      }),
    );
  });

  test('keep only the last state of what was rewritten', () => {
    expect(linesOf('10%\r20%\r', '100%\ndone\n')).toEqual(['100%', 'done']);
    expect(linesOf('10%\r', '\r\n')).toEqual(['10%']);
    expect(linesOf('windows\r\nends\r\n')).toEqual(['windows', 'ends']);
  });

  test('keep empty lines and a last line without an end', () => {
    expect(linesOf('a\n\nb')).toEqual(['a', '', 'b']);
  });

  test('show bytes that are no text instead of losing the line', () => {
    expect(linesOf(Uint8Array.from([0x61, 0xff, 0x62, 0x0a]))).toEqual(['a\uFFFDb']);
  });

  test('do not pile up when no line ever ends', () => {
    const assembler = new LineAssembler();
    const lines = Array.from({ length: 10 }, () => assembler.push(Buffer.alloc(50_000, 'x'))).flat();
    expect(lines.join('').length).toBeGreaterThan(300_000);
  });
});
