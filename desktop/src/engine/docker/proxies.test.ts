import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { proxyEnvironment } from './proxies.ts';

async function of(address: string, config: unknown): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-proxies-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return proxyEnvironment(address, { DOCKER_CONFIG: folder });
}

const everything = {
  httpProxy: 'http://h',
  httpsProxy: 'http://s',
  noProxy: 'local',
  ftpProxy: 'ftp://f',
  allProxy: 'socks://a',
};

test('the proxies of the configuration, in both spellings', async () => {
  const both = {
    HTTP_PROXY: 'http://h',
    HTTPS_PROXY: 'http://s',
    NO_PROXY: 'local',
    FTP_PROXY: 'ftp://f',
    ALL_PROXY: 'socks://a',
  };
  const lower = Object.fromEntries(Object.entries(both).map(([name, value]) => [name.toLowerCase(), value]));
  expect(await of('unix:///x', { proxies: { default: everything } })).toEqual({ ...both, ...lower });
});

test('those of the engine’s address replace the default ones, empty ones are none', async () => {
  const proxies = { default: everything, 'tcp://far:1': { httpProxy: 'http://near', noProxy: '' } };
  expect(await of('tcp://far:1', { proxies })).toEqual({ HTTP_PROXY: 'http://near', http_proxy: 'http://near' });
});

test('without any there are none', async () => {
  expect(await of('unix:///x', { auths: {} })).toEqual({});
  expect(await proxyEnvironment('unix:///x', { DOCKER_CONFIG: '/does/not/exist' })).toEqual({});
});
