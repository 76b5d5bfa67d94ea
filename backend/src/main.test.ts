import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=shop-source', main], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

const anyLine = z.looseObject({ level: z.number(), msg: z.string() });

async function runUntilListening(env: Record<string, string> = {}) {
  const child = run(env);
  for await (const line of createInterface(child.stdout)) {
    const parsed = anyLine.extend({ port: z.number().optional() }).parse(JSON.parse(line));
    if (parsed.port !== undefined) {
      child.stdout.resume();
      return { child, port: parsed.port };
    }
  }
  throw new Error('it never listened');
}

test('an invalid configuration ends the process with 78 and one line that names all of it', async () => {
  const child = run({ PORT: 'eighty', LOG_LEVEL: 'loud', HEALTH_INTERVAL_MS: '1' });
  const [exit, out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  expect(exit).toEqual([78, null]);
  expect(err).toBe('');
  const line = anyLine.extend({ level: z.literal(60), issues: z.array(z.string()) }).parse(JSON.parse(out));
  expect(line.issues.map((issue) => issue.split(':')[0]).sort()).toEqual(['HEALTH_INTERVAL_MS', 'LOG_LEVEL', 'PORT']);
  for (const issue of line.issues) expect(line.msg).toContain(issue);
});

test('a log folder that cannot be made is an invalid configuration too', async () => {
  const child = run({ LOG_DIR: join(main, 'logs') });
  const [exit, out] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  expect(exit).toEqual([78, null]);
  expect(out).toContain('LOG_DIR: ');
});

test('with LOG_DIR the lines are in files as well, none lost at the end', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'shop-logs-'));
  const { child, port } = await runUntilListening({ LOG_DIR: directory });
  await (await fetch(`http://127.0.0.1:${port}/api/products/absent`)).text();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const messages = async (name: string) => {
    const lines = (await readFile(join(directory, `${name}_development.log`), 'utf8')).split('\n').slice(0, -1);
    return lines.map((line) => anyLine.parse(JSON.parse(line)).msg);
  };
  expect((await messages('app')).at(-1)).toBe('stopped');
  expect(await messages('access')).toEqual(['GET /api/products/absent 404']);
  expect(await messages('error')).toEqual([]);
  await rm(directory, { recursive: true });
});

test('a port that is taken ends the process with 1 and says so', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = z.object({ port: z.number() }).parse(taken.address());
  const child = run({ PORT: String(port) });
  const [exit, out] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  taken.close();
  expect(exit).toEqual([1, null]);
  expect(out).toContain('EADDRINUSE');
  for (const line of out.trim().split('\n')) anyLine.parse(JSON.parse(line));
});

describe('SIGTERM', () => {
  test('ends an idle service with 0 in less than 2 seconds, also with an open keep-alive connection', async () => {
    const { child, port } = await runUntilListening();
    await (await fetch(`http://127.0.0.1:${port}/health`)).text();
    const start = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('a second signal ends it at once', async () => {
    const { child } = await runUntilListening({ DRAIN_DELAY_MS: '10000' });
    child.kill('SIGTERM');
    for await (const line of createInterface(child.stdout)) if (line.includes('stopping')) break;
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  test('lets a running request finish and takes no new ones', async () => {
    const { child, port } = await runUntilListening({ SHUTDOWN_GRACE_MS: '60000' });
    const body = JSON.stringify({ message: 'a tent for two' });
    const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
    const running = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/chat', headers });
    running.flushHeaders();
    await once(running, 'continue');
    child.kill('SIGTERM');
    for (let refused = false; !refused; ) {
      refused = await fetch(`http://127.0.0.1:${port}/health`).then(
        async (response) => {
          await response.text();
          return false;
        },
        () => true,
      );
    }
    const answered = once(running, 'response');
    running.end(body);
    const [response] = z.tuple([z.custom<import('node:http').IncomingMessage>()]).parse(await answered);
    expect(response.statusCode).toBe(200);
    const exit = once(child, 'exit');
    expect(await text(response)).toContain('ridge-tent-2');
    const answeredAt = performance.now();
    expect(await exit).toEqual([0, null]);
    // An idle keep-alive connection would hold the process for 5 seconds.
    expect(performance.now() - answeredAt).toBeLessThan(3000);
  });
});
