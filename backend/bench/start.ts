import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

/** A program of this workspace as a process of its own; resolves when `path` is answered. */
export async function start(file: string, path: string, settings: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    ENVIRONMENT: 'production',
    RATE_LIMIT_PER_MINUTE: '0',
    ...settings,
  };
  const main = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=shop-source', main], {
    env,
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  const url = origin + path;
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return { origin, url, pid: child.pid ?? 0, stop: () => child.kill('SIGKILL') };
    await delay(100);
  }
  child.kill('SIGKILL');
  throw new Error(`${file} does not answer`);
}

/** Prints how a figure stands to its budget, and fails the benchmark when it is beyond it. */
export function report(what: string, value: number, budget: number, details: string): void {
  const ok = value < budget;
  process.stdout.write(
    `${ok ? 'ok  ' : 'MISS'} ${what}: ${value.toFixed(1)} ms (budget less than ${budget} ms); ${details}\n`,
  );
  if (!ok) process.exitCode = 1;
}
