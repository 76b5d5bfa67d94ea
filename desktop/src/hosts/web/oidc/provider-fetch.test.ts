import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '#testing/free-port.ts';
import { createProviderFetch, NoAnswer } from './provider-fetch.ts';

const asked = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const;
let server: Server;

afterEach(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    });
  });
}

test('an answer that never comes, or never ends, is given up', async () => {
  const fetch = createProviderFetch({ deadlineMs: 100, longestBytes: 1000 });
  const silent = await listen((request, response) => {
    if (request.url === '/begun') response.write('{');
  });
  await expect(fetch(silent, asked)).rejects.toThrow('longer than 0.1 seconds');
  await expect(fetch(`${silent}begun`, asked)).rejects.toThrow('longer than 0.1 seconds');
});

test('of an answer no more is read than the limit', async () => {
  const fetch = createProviderFetch({ deadlineMs: 10_000, longestBytes: 1000 });
  const address = await listen((request, response) => {
    response.end('x'.repeat(request.url === '/more' ? 1001 : 1000));
  });
  expect(await (await fetch(address, asked)).text()).toHaveLength(1000);
  await expect(fetch(`${address}more`, asked)).rejects.toThrow('longer than 1000 bytes');
});

test('nobody who listens, and a connection that breaks, are told as that', async () => {
  const fetch = createProviderFetch();
  const address = await listen((request, response) => {
    if (request.url === '/begun') response.write('{', () => response.destroy());
    else response.destroy();
  });
  await expect(fetch(address, asked)).rejects.toBeInstanceOf(NoAnswer);
  await expect(fetch(`${address}begun`, asked)).rejects.toBeInstanceOf(NoAnswer);
  await expect(fetch(`http://127.0.0.1:${await freePort()}/`, asked)).rejects.toThrow('ECONNREFUSED');
});

test('a redirect is not followed', async () => {
  const fetch = createProviderFetch();
  const address = await listen((request, response) => {
    response.writeHead(request.url === '/' ? 302 : 200, { Location: '/elsewhere' }).end();
  });
  expect((await fetch(address, asked)).status).toBe(302);
});
