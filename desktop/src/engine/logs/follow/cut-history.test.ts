import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '#engine/docker/index.ts';
import { createProjectLogs } from '../project-logs.ts';
import { streamLogs } from '../stream-logs.ts';

const never = new AbortController().signal;
const filter = { services: [], levels: [], search: '' };
const container = { id: 'web', name: 'web-1', service: 'web', tty: false, running: false };
const written = Array.from({ length: 6 }, (_, n) => `line ${n}`);

function frame(text: string, n: number): Buffer {
  const bytes = Buffer.from(`2026-11-27T00:00:0${n}.000000000Z ${text}\n`);
  return Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, bytes.length]), bytes]);
}

/** An engine whose answers end in order, but so many times after two of the lines asked for. */
async function engineThatBreaksOff(times: number) {
  let left = times;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine');
    if (pathname === '/version')
      return response.end(JSON.stringify({ Version: '26.1.5', ApiVersion: '1.45', Os: 'linux', Arch: 'amd64' }));
    if (!pathname.endsWith('/logs')) return response.end();
    const tail = searchParams.get('tail');
    const asked = written.map(frame).slice(tail === 'all' ? 0 : -Number(tail));
    const cut = asked.length > 1 && left-- > 0;
    response.write(Buffer.concat(cut ? asked.slice(0, 2) : asked));
    return response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const gateway = connect({ url: `tcp://127.0.0.1:${port}`, source: 'test' });
  onTestFinished(() => {
    gateway.dispose();
    server.close();
  });
  return gateway;
}

async function historyBehind(times: number): Promise<string[]> {
  const logs = createProjectLogs({ gateway: await engineThatBreaksOff(times) });
  onTestFinished(() => {
    logs.dispose();
  });
  logs.setContainers([container]);
  const { lines } = await logs.read({ filter, limit: 100, waitMs: 0 }, never);
  return lines.map(({ text }) => text);
}

test('a history whose answer breaks off between two lines is read again', async () => {
  expect(await historyBehind(2)).toEqual(written);
});

test('where every answer breaks off, the list says where lines may be missing', async () => {
  const said = "Lines of web-1 may be missing here: the engine's answer broke off.";
  expect(await historyBehind(100)).toEqual(['line 0', 'line 1', said]);
});

test.each([
  ['the last lines', { tail: 10 }],
  ['all lines', {}],
])('who prints %s is told of it as well', async (_, reach) => {
  const errors: unknown[] = [];
  const gateway = await engineThatBreaksOff(100);
  const onError = (error: unknown): number => errors.push(error);
  const options = { gateway, containers: [container], follow: false, ...reach, filter, signal: never, onError };
  const texts: string[] = [];
  for await (const { text } of streamLogs(options)) texts.push(text);
  expect(texts).toEqual(['line 0', 'line 1']);
  expect(errors).toMatchObject([
    { code: 'ENGINE_DOWN', message: 'The log of web-1 broke off before its newest line.' },
  ]);
});
