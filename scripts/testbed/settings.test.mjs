import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePool, freePort, overlap } from './settings.mjs';

test.each([
  ['10.0.0.0/8', '10.200.0.0/16', true],
  ['10.200.3.4', '10.200.0.0/16', true],
  ['172.31.250.0/24', '172.31.0.0/16', true],
  ['10.199.255.255/32', '10.200.0.0/16', false],
  ['192.0.2.0/24', '10.200.0.0/16', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

test('two testbeds choose different ranges, and none that a route uses', () => {
  const first = choosePool('00000000', []);
  const second = choosePool('00000000', [first]);
  expect(second).not.toBe(first);
  expect(overlap(first, second)).toBe(false);
});

test('a machine whose 10/8 is taken gets another range; one that has nothing free gets none', () => {
  expect(choosePool('ffffffff', ['10.0.0.0/8'])).toMatch(/^172\./);
  expect(choosePool('ffffffff', ['10.0.0.0/8', '172.16.0.0/12'])).toBeUndefined();
});

test('a port in use is not free', async () => {
  const server = createServer();
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  expect(await freePort(port)).toBeUndefined();
  await new Promise((resolve) => server.close(resolve));
  expect(await freePort(port)).toBe(port);
});
