import { expect, test } from 'vitest';
import { shown } from '../fixtures/lines.ts';
import { factsOf } from '../parse/facts.ts';
import { releaseText, type SharedSlab, sealed, textOf } from './shared-slab.ts';
import { Slab, slabMemory } from './slab.ts';

function slabOf(text: string, lines: number): SharedSlab {
  const slab = new Slab(1, slabMemory(0));
  for (let n = 0; n < lines; n += 1) {
    const line = shown({ stream: 1, sec: n, nanos: 0, text: Buffer.from(text), cut: false });
    slab.append(line, factsOf(0, line));
  }
  return slab.shared();
}

test('the memory of a decompressed text is given back at once; the slab can be read again', () => {
  const packed = sealed(slabOf('a line of the log', 4000));
  const first = textOf(packed);
  const { buffer } = first;
  releaseText(packed, first);
  expect(buffer.byteLength).toBe(0);
  expect(textOf(packed).toString()).toBe('a line of the log\n'.repeat(4000));
});

test('memory that others use as well is left to them', () => {
  const open = slabOf('open', 2);
  const packed = sealed(slabOf('short', 2));
  const [shared, pooled] = [textOf(open), textOf(packed)];
  releaseText(open, shared);
  releaseText(packed, pooled);
  expect(pooled.buffer.byteLength).toBe(Buffer.poolSize);
  expect([shared, pooled].map(String)).toEqual(['open\nopen\n', 'short\nshort\n']);
});

test('sealing leaves nothing to be collected beside the sealed slabs', () => {
  const slabs = Array.from({ length: 20 }, (_, n) => slabOf(`line ${n}`, 4000));
  const before = process.memoryUsage().arrayBuffers;
  const cost = slabs.map(sealed).reduce((sum, { memory }) => sum + memory.byteLength, 0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(cost + 1024 * 1024);
});
