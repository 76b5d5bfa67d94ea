import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { drain, listen } from '@shop/service/http/server';
import express from 'express';
import { expect, test } from 'vitest';
import { livePage } from './live-page.ts';

test('serves the page from its sources and lets go of everything', async () => {
  const server = createServer();
  const page = await livePage(fileURLToPath(new URL('../../..', import.meta.url)), server);
  server.on('request', express().use(...page.handlers));
  const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
  expect(await (await fetch(url)).text()).toContain('/@vite/client');
  const source = await fetch(`${url}/src/page/main.tsx`);
  expect(source.headers.get('content-type')).toContain('javascript');
  await page.close();
  await drain(server, { delayMs: 0, graceMs: 100 });
});
