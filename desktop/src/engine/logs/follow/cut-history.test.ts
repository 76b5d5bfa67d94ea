import { expect, onTestFinished, test, vi } from 'vitest';
import { engineWithLog } from '../fixtures/log-engine.ts';
import { createProjectLogs } from '../project-logs.ts';
import { streamLogs } from '../stream-logs.ts';

const never = new AbortController().signal;
const filter = { services: [], levels: [], search: '' };
const container = { id: 'web', name: 'web-1', service: 'web', tty: false, running: false };
const written = Array.from({ length: 6 }, (_, n) => `line ${n}`);
const said = "Lines of web-1 may be missing here: the engine's answer broke off.";

/** So many answers break off after two of the lines asked for. */
function engineThatBreaksOff(times: number) {
  let left = times;
  return engineWithLog(written, { keeps: (asked) => (asked > 1 && left-- > 0 ? 2 : asked) });
}

/** Reads the lines that came. How long lines wait to be put in order depends on how busy the machine is. */
async function historyBehind(times: number, deps: { tail?: 'all' } = {}): Promise<() => Promise<string[]>> {
  const logs = createProjectLogs({ gateway: await engineThatBreaksOff(times), ...deps });
  onTestFinished(() => {
    logs.dispose();
  });
  logs.setContainers([container]);
  await vi.waitFor(() => {
    expect(logs.active).toBe(0);
  }, 20_000);
  return async () => {
    const { lines } = await logs.read({ filter, limit: 100, waitMs: 0 }, never);
    return lines.map(({ text }) => text);
  };
}

test('a history whose answer breaks off between two lines is read again', async () => {
  await expect.poll(await historyBehind(2)).toEqual(written);
});

test('a stopped container whose log is followed from its start is read on where its answer broke off', async () => {
  await expect.poll(await historyBehind(2, { tail: 'all' })).toEqual(written);
});

test('where every answer breaks off, the list says where lines may be missing', async () => {
  await expect.poll(await historyBehind(100)).toEqual(['line 0', 'line 1', said]);
});

test.each([
  ['the last lines', { tail: 10 }],
  ['all lines', {}],
  ['lines up to a moment', { until: '2026-11-27T00:00:04.5Z' }],
])('who prints %s is told of it as well', async (_, reach) => {
  const errors: unknown[] = [];
  const gateway = await engineThatBreaksOff(100);
  const onError = (error: unknown): number => errors.push(error);
  const options = { gateway, containers: [container], follow: false, ...reach, filter, signal: never, onError };
  const texts: string[] = [];
  for await (const lines of streamLogs(options)) texts.push(...lines.map(({ text }) => text));
  expect(texts).toEqual(['line 0', 'line 1']);
  expect(errors).toMatchObject([
    { code: 'ENGINE_DOWN', message: 'The log of web-1 broke off before its newest line.' },
  ]);
});

test('lines up to a moment are whole where a later one came, or the newest', async () => {
  const gateway = await engineThatBreaksOff(0);
  const printed = async (until: string): Promise<string[]> => {
    const onError = (error: unknown): never => {
      throw error;
    };
    const texts: string[] = [];
    const options = { gateway, containers: [container], follow: false, until, filter, signal: never, onError };
    for await (const lines of streamLogs(options)) texts.push(...lines.map(({ text }) => text));
    return texts;
  };
  expect(await printed('2026-11-27T00:00:03Z')).toEqual(written.slice(0, 4));
  expect(await printed('2026-11-27T00:00:02.95Z')).toEqual(written.slice(0, 3));
  expect(await printed('2026-11-28T00:00:00Z')).toEqual(written);
});
