import autocannon from 'autocannon';
import { start } from './start.ts';

/** Requests per second of the backend, with correlation, access log, security headers and limits, against bare Express. */
const path = '/api/products/nomad-backpack';
const connections = 50;
const seconds = 5;
const rounds = 3;
const budget = 0.6;

async function measure(url: string): Promise<autocannon.Result> {
  const result = await autocannon({ url, connections, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result;
}

const servers = { bare: await start('bare.ts', path), backend: await start('../src/main.ts', path) };
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
