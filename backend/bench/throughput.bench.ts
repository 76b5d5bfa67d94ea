import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

/** Requests per second of the backend, with correlation, access log, security headers and limits, against bare Express. */
const path = '/api/products/nomad-backpack';
const connections = 50;
const seconds = 5;
const rounds = 3;
const budget = 0.6;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

async function start(file: string): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    ENVIRONMENT: 'production',
    RATE_LIMIT_PER_MINUTE: '0',
  };
  const main = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=shop-source', main], {
    env,
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  const url = `http://127.0.0.1:${port}${path}`;
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return { url, stop: () => child.kill('SIGKILL') };
    await delay(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${file} does not answer`);
}

async function measure(url: string): Promise<autocannon.Result> {
  const result = await autocannon({ url, connections, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result;
}

const servers = { bare: await start('bare.ts'), backend: await start('../src/main.ts') };
try {
  for (const { url } of Object.values(servers)) await autocannon({ url, connections, duration: 2 });
  const rates = { bare: [] as number[], backend: [] as number[] };
  let slowest = 0;
  for (let round = 0; round < rounds; round += 1) {
    rates.bare.push((await measure(servers.bare.url)).requests.average);
    const ours = await measure(servers.backend.url);
    rates.backend.push(ours.requests.average);
    slowest = Math.max(slowest, ours.latency.p99);
  }
  const best = (values: readonly number[]) => Math.max(...values);
  const ratio = best(rates.backend) / best(rates.bare);
  const ok = ratio >= budget;
  process.stdout.write(
    `${ok ? 'ok  ' : 'MISS'} backend against bare Express: ${ratio.toFixed(2)} x (budget ${budget} x or more); ` +
      `${best(rates.backend).toFixed(0)} against ${best(rates.bare).toFixed(0)} requests/s, p99 ${slowest} ms at ${connections} connections\n`,
  );
  if (!ok) process.exitCode = 1;
} finally {
  for (const { stop } of Object.values(servers)) stop();
}
