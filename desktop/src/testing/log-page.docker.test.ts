import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '#engine/docker/index.ts';
import { everything, reference, removeStarted, start, stopped, writer } from '#engine/logs/fixtures/written-logs.ts';
import { createProjectLogs } from '#engine/logs/index.ts';
import { carriers } from './contract-harness.ts';
import { testEngine } from './docker-cli.ts';
import { createFakeEngine } from './fake-engine.ts';

const never = new AbortController().signal;
const environment = 'development';
const socket = carriers.find(({ name }) => name === 'WebSocket');

test('a page that stops reading holds nothing up, and then is sent the end of the log', async () => {
  onTestFinished(removeStarted);
  const gateway = connect({ url: testEngine(), source: 'test' });
  const logs = createProjectLogs({ gateway, tail: 'all' });
  const engine = createFakeEngine();
  let reads = 0;
  const page = await socket?.connect({
    ...engine,
    logs: {
      ...engine.logs,
      read(query, signal) {
        reads += 1;
        return logs.read(query, signal);
      },
    },
  });
  onTestFinished(async () => {
    await page?.close();
    logs.dispose();
    gateway.dispose();
  });
  if (page === undefined) throw new Error('there is no page');
  const container = await start('flooding', writer(60_000, 1));
  logs.setContainers([container]);
  const first = await page.client.logs.read({ environment, after: 0, limit: 50, newest: true, waitMs: 20_000 });

  page.pause?.();
  const asked = page.client.logs.read({ environment, after: first.cursor, limit: 50, newest: true, waitMs: 20_000 });
  while (!(await stopped([container])())) await pause(50);
  const { stdout, stderr } = await reference(container.id);
  await expect
    .poll(async () => (await logs.read({ ...everything, after: 0, limit: 1 }, never)).held, { timeout: 20_000 })
    .toBe(stdout.length + stderr.length);
  // What was asked for was answered long ago, and nothing more was sent.
  expect(reads).toBe(2);

  page.resume?.();
  const second = await asked;
  expect(second.lines.length).toBeGreaterThan(0);
  const last = await page.client.logs.read({ environment, after: second.cursor, limit: 50, newest: true });
  expect(last.lines).toHaveLength(50);
  expect(last).toMatchObject({ more: true, dropped: 0 });
  expect(last.lines.at(-1)?.seq).toBe(stdout.length + stderr.length);
});
