import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createDialer } from './modem.ts';

test('the transport is loaded without an SSH client', async () => {
  const dialer = await createDialer({ url: 'unix:///nowhere.sock', source: 'test' });
  dialer.close();
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((path) => /docker-modem.lib.modem\.js$/.test(path))).toHaveLength(1);
  expect(loaded.filter((path) => /[\\/]node_modules[\\/]ssh2[\\/]/.test(path))).toEqual([]);
});
