import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { defaultDeadlines } from '../deadlines.ts';
import { anyText } from '../fixtures/matchers.ts';
import { head, jsonAnswer, type RawRequest, startRawEngine, textAnswer } from '../fixtures/raw-engine.ts';
import { defaultHeartbeat } from './heartbeat.ts';
import { HttpTransport } from './http-transport.ts';

const wish = { path: '/session', protocol: 'h2c', headers: { 'X-Names': ['a', 'b'] }, deadlineMs: 5_000 };
const switching = head(101, { Connection: 'Upgrade', Upgrade: 'h2c' });

/** A transport to an engine that answers `POST /session` as told. */
async function engineThat(handle: (request: RawRequest) => void, kind: 'unix' | 'tcp' = 'unix') {
  const engine = await startRawEngine((request) => {
    if (request.path !== '/session') return false;
    handle(request);
    return true;
  }, kind);
  const transport = new HttpTransport(engine.endpoint, defaultDeadlines, defaultHeartbeat);
  onTestFinished(() => {
    transport.dispose();
  });
  return { engine, transport, asked: () => engine.requests.filter(({ path }) => path === '/session') };
}

describe('an engine that agrees', () => {
  test.each(['unix', 'tcp'] as const)('hands over the connection, first bytes included (%s)', async (kind) => {
    const heard: string[] = [];
    const { transport, asked } = await engineThat(({ socket }) => {
      socket.on('data', (text) => heard.push(String(text)));
      socket.write(`${switching}first`);
    }, kind);
    const connection = await transport.upgrade(wish);
    const [first] = (await once(connection, 'data')) as [Buffer];
    expect(first.toString()).toBe('first');
    connection.write('PRI * HTTP/2.0\r\n\r\n');
    await vi.waitFor(() => {
      expect(heard.join('')).toContain('PRI');
    });
    // Nothing of the request may be left to be read as the new protocol, such as the end of a chunked body.
    expect(heard.join('')).toBe('PRI * HTTP/2.0\r\n\r\n');
    const headers = asked()[0]?.headers;
    expect(headers?.get('upgrade')).toBe('h2c');
    expect(headers?.get('content-length')).toBe('0');
    expect(headers?.get('transfer-encoding')).toBeUndefined();
    connection.destroy();
  });

  test('loses it when the transport ends', async () => {
    const { transport, engine } = await engineThat(({ socket }) => socket.write(switching));
    const connection = await transport.upgrade(wish);
    transport.dispose();
    await once(connection, 'close');
    await vi.waitFor(() => {
      expect(engine.sockets.size).toBe(0);
    });
  });

  test('that dies later is no error that nobody catches', async () => {
    const { transport, engine } = await engineThat(({ socket }) => socket.write(switching), 'tcp');
    const connection = await transport.upgrade(wish);
    const closed = new Promise((resolve) => connection.once('close', resolve));
    for (const socket of engine.sockets) socket.resetAndDestroy();
    await closed;
  });

  test('is asked a second time where a kept-alive connection broke', async () => {
    let times = 0;
    const { transport } = await engineThat(({ socket }) => {
      times += 1;
      if (times === 1) socket.resetAndDestroy();
      else socket.write(switching);
    }, 'tcp');
    (await transport.upgrade(wish)).destroy();
    expect(times).toBe(2);
  });
});

describe('an engine that does not agree', () => {
  test.each([
    ['knows no sessions', jsonAnswer({ message: 'page not found' }, 404), 'ENGINE_NOT_FOUND'],
    ['refuses in its own words', jsonAnswer({ message: 'not here' }, 400), 'ENGINE_REFUSED'],
    ['hides behind a proxy', textAnswer('<h1>no</h1>', 'text/html', 403), 'ENGINE_PROTOCOL'],
    ['answers as if nothing had been asked', textAnswer('OK'), 'ENGINE_PROTOCOL'],
  ])('%s', async (_name, answer, code) => {
    const { transport } = await engineThat(({ socket }) => socket.write(answer));
    await expect(transport.upgrade(wish)).rejects.toMatchObject({ code, remedy: anyText });
  });

  test('says nothing: the deadline settles it and frees the socket', async () => {
    const { transport, engine } = await engineThat(() => undefined);
    await expect(transport.upgrade({ ...wish, deadlineMs: 150 })).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
    await vi.waitFor(() => {
      expect(engine.sockets.size).toBe(0);
    });
  });

  test('is left when nobody wants it any longer', async () => {
    const abort = new AbortController();
    const { transport } = await engineThat(() => {
      abort.abort();
    });
    const asked = transport.upgrade({ ...wish, signal: abort.signal });
    await expect(asked).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    await expect(transport.upgrade({ ...wish, signal: abort.signal })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
  });

  test('is not there', async () => {
    const { transport, engine } = await engineThat(() => undefined);
    await engine.stop();
    await expect(transport.upgrade(wish)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });
});
