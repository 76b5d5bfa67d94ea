import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { docker } from './support/command.ts';
import { published, start, type TestContainer, unlimited } from './support/container.ts';
import { imageOf, services } from './support/images.ts';
import { observed } from './support/machine.ts';
import { createNetwork } from './support/network.ts';
import { answering } from './support/wait.ts';

const idleLimitMs = 2000;
const attempts = 3;

/** Milliseconds from the signal to the end of the container, by the clock of the engine. */
async function stopTime(container: TestContainer): Promise<number> {
  await docker(['stop', container.id]);
  await docker(['wait', container.id]);
  const filters = ['--filter', `container=${container.id}`, '--filter', 'event=kill'];
  const killed = await docker(['events', '--since', '10m', '--until', '0s', ...filters, '--format', '{{.TimeNano}}']);
  return Number((await container.state()).FinishedAt) - Number(killed) / 1e6;
}

test.each(services)('the idle %s ends within 2 s of SIGTERM, with 0, also with an open connection', async (service) => {
  let inTime = false;
  for (let attempt = 0; attempt < attempts && !inTime; attempt += 1) {
    await using container = await start(service, published(service));
    await answering(`${await container.url()}/health`);
    const { result, slower } = await observed(container, () => stopTime(container));
    inTime = result < idleLimitMs * slower;
    expect(await container.state()).toMatchObject({ Status: 'exited', ExitCode: 0 });
    expect((await container.lines()).at(-1)?.msg).toBe('stopped');
  }
  expect(inTime).toBe(true);
});

const loadResult = z.object({
  answered: z.number(),
  failed: z.array(z.union([z.number(), z.string()])),
  held: z.array(z.object({ status: z.union([z.number(), z.string()]), words: z.string() })),
});

/** Runs tests/inside/load.mjs beside the service; it is on its way when this resolves. */
async function load(network: string, target: TestContainer) {
  const name = `qs-test-load-${randomBytes(4).toString('hex')}`;
  const options = [
    '--rm',
    '--interactive',
    '--name',
    name,
    '--network',
    network,
    '--env',
    `URL=http://${target.name}:8000`,
  ];
  const child = spawn('docker', ['run', ...options, imageOf('backend'), '--input-type=module', '-'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(await readFile(join(import.meta.dirname, 'inside/load.mjs')));
  const ended = Promise.all([text(child.stdout), once(child, 'close')]);
  await once(child.stderr, 'data');
  return async () => loadResult.parse(JSON.parse((await ended)[0]));
}

test('docker stop under load: not one request that the backend took fails, and it ends with 0', async () => {
  await using network = await createNetwork();
  // Longer than a busy machine may take to ask for the readiness once.
  const settings = ['--network', network.name, ...published('backend'), ...unlimited, '--env', 'DRAIN_DELAY_MS=10000'];
  await using backend = await start('backend', settings);
  await answering(`${await backend.url()}/health`);
  const result = await load(network.name, backend);
  await docker(['stop', '--time', '30', backend.id]);
  const { answered, failed, held } = await result();
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(16);
  expect(held.map(({ status }) => status)).toEqual(held.map(() => 200));
  expect(held).toHaveLength(8);
  for (const { words } of held) expect(words).toMatch(/^event: .*^event: done$/ms);
  expect(await backend.state()).toMatchObject({ Status: 'exited', ExitCode: 0 });
  expect((await backend.lines()).at(-1)?.msg).toBe('stopped');
});
