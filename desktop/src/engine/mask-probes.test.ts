import { expect, test } from 'vitest';
import type { ContainerDetail } from './docker/index.ts';
import { maskProbes } from './mask-probes.ts';

const mask = (text: string): string => text.replaceAll('canary', '********');
const probed = (...outputs: string[]) =>
  ({
    name: 'canary',
    probes: outputs.map((output) => ({ start: '', end: '', exitCode: 1, output })),
  }) as unknown as ContainerDetail;

test('what probes print is masked, once for each container as it was read', () => {
  const detail = probed('refused canary', 'well');
  const masked = maskProbes(detail, mask);
  expect(masked.probes.map(({ output }) => output)).toEqual(['refused ********', 'well']);
  expect(masked.name).toBe('canary');
  expect(maskProbes(detail, mask)).toBe(masked);
  expect(maskProbes(detail, (text) => text).probes[0]?.output).toBe('refused canary');
  const silent = probed('');
  expect(maskProbes(silent, mask)).toBe(silent);
});
