import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { defaultDeadlines } from './deadlines.ts';
import { collect } from './fixtures/collect.ts';
import { anyText } from './fixtures/matchers.ts';
import {
  head,
  jsonAnswer,
  piece,
  type RawRequest,
  startRawEngine,
  streamHead,
  textAnswer,
} from './fixtures/raw-engine.ts';
import { defaultHeartbeat } from './transport/heartbeat.ts';
import { HttpTransport } from './transport/http-transport.ts';
import { json, unary } from './transport.ts';

/** A transport to an engine that answers one path as told and everything else by default. */
async function engineThat(handle: (request: RawRequest) => void, path = '/fault') {
  const engine = await startRawEngine((request) => {
    if (request.path !== path) return false;
    handle(request);
    return true;
  });
  const transport = new HttpTransport(engine.endpoint, defaultDeadlines, defaultHeartbeat);
  onTestFinished(() => {
    transport.dispose();
  });
  const asked = (): RawRequest[] => engine.requests.filter((request) => request.path === path);
  return { engine, transport, asked };
}

const get = { method: 'GET', path: '/fault', deadlineMs: 5_000 } as const;
const post = { ...get, method: 'POST' } as const;
const short = { ...get, deadlineMs: 150 };
const anything = z.unknown();
const partial = { 'Content-Type': 'application/json', 'Content-Length': '100' };

describe('answers in time', () => {
  test('an answer that came while this process stood still is no late one', async () => {
    const { transport } = await engineThat(({ socket }) => {
      socket.write(textAnswer('here'));
      // Nothing else runs in this process until the deadline is long over.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * short.deadlineMs);
    });
    expect((await unary(transport, short)).text).toBe('here');
  });
});

describe('answers that never end', () => {
  test('no headers: the deadline settles the call', async () => {
    const { transport } = await engineThat(() => undefined);
    await expect(unary(transport, short)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  });

  test.each([
    ['Content-Length', `${head(200, partial)}[{"Id":`],
    ['chunked', `${streamHead}${piece('[{"Id":').toString()}`],
  ])(
    'a body that stops in the middle (%s): the deadline settles the call and frees the socket (F2)',
    async (_kind, text) => {
      const { transport, engine } = await engineThat(({ socket }) => socket.write(text));
      await expect(json(transport, anything, short)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
      await vi.waitFor(() => {
        expect(engine.sockets.size).toBe(0);
      });
    },
  );

  test.each([
    ['Content-Length', `${head(200, partial)}[{"Id":`],
    ['chunked', `${streamHead}${piece('[{"Id":').toString()}`],
  ])('a body that is cut in the middle (%s) is an error, at once (F2)', async (_kind, text) => {
    const { transport } = await engineThat(({ socket }) => socket.end(text));
    await expect(json(transport, anything, get)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });

  test('an error answer that stops in the middle', async () => {
    const engine = await startRawEngine(({ path, socket }) => path === '/fault' && socket.write(head(500, partial)));
    const transport = new HttpTransport(engine.endpoint, { ...defaultDeadlines, read: 150 }, defaultHeartbeat);
    await expect(unary(transport, get)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  });

  test('the caller aborts before the headers and in the middle of the body', async () => {
    const { transport, engine } = await engineThat(({ query, socket }) => {
      if (query.get('part') === 'body') socket.write(`${head(200, partial)}[`);
    });
    for (const part of ['headers', 'body']) {
      const controller = new AbortController();
      const call = unary(transport, { ...get, query: { part }, signal: controller.signal });
      await vi.waitFor(() => {
        expect(engine.requests.at(-1)?.query.get('part')).toBe(part);
      });
      controller.abort();
      await expect(call).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    }
    await expect(unary(transport, { ...get, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
    });
  });
});

describe('answers that are none', () => {
  test.each([
    ['HTML', textAnswer('<html>login</html>', 'text/html')],
    ['an empty body', textAnswer('')],
    ['another shape', jsonAnswer({ message: 'hello' })],
  ])('%s where a list is due is ENGINE_PROTOCOL', async (_what, text) => {
    const { transport } = await engineThat(({ socket }) => socket.write(text));
    await expect(json(transport, z.array(anything), get)).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
  });

  test('bytes that are not HTTP are ENGINE_PROTOCOL', async () => {
    const { transport } = await engineThat(({ socket }) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await expect(unary(transport, get)).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
  });

  test.each(['http://127.0.0.1:1/', '/elsewhere', 'odd://x', '%'])(
    'a redirect to %s is an error and not followed',
    async (to) => {
      const { transport, asked, engine } = await engineThat(({ socket }) => {
        socket.write(head(301, { Location: to, 'Content-Length': '0' }));
      });
      await expect(unary(transport, get)).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL', details: { status: 301 } });
      expect(asked()).toHaveLength(1);
      expect(engine.requests.some(({ path }) => path === '/elsewhere')).toBe(false);
    },
  );
});

describe('connections', () => {
  test('a connection that dies before the answer is tried once more for a GET', async () => {
    let failures = 0;
    const { transport, asked } = await engineThat(({ socket }) => {
      if (failures++ === 0) socket.destroy();
      else socket.write(jsonAnswer([]));
    });
    expect((await unary(transport, get)).text).toBe('[]');
    expect(asked()).toHaveLength(2);
  });

  test('only once, and never for a change', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.destroy());
    await expect(unary(transport, get)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    expect(asked()).toHaveLength(2);
    await expect(unary(transport, post)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    expect(asked()).toHaveLength(3);
  });

  test('an answer that was said to be no error keeps its status', async () => {
    const { transport } = await engineThat(({ socket }) => socket.write(head(304)));
    expect(await unary(transport, { ...get, statuses: [304] })).toMatchObject({ status: 304, text: '' });
    await expect(unary(transport, get)).rejects.toMatchObject({ details: { status: 304 } });
  });

  test('answers that were read to the end give their socket back', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.write(jsonAnswer([])));
    for (let call = 0; call < 3; call += 1) await unary(transport, get);
    expect(asked().at(-1)?.before).toBe(3);
  });

  test('destroy and leaving the loop free the socket of a stream (J.1 row 14)', async () => {
    const { transport, engine } = await engineThat(({ socket }) =>
      socket.write(Buffer.concat([Buffer.from(streamHead), piece('x')])),
    );
    const closed = (): Promise<void> =>
      vi.waitFor(() => {
        expect([...engine.sockets].filter((socket) => !socket.destroyed)).toHaveLength(0);
      });
    (await transport.request(get)).destroy();
    await closed();
    for await (const chunk of (await transport.request(get)).body) {
      expect(Buffer.from(chunk).toString()).toBe('x');
      break;
    }
    await closed();
  });

  test('a stream may be silent for longer than any deadline (J.1 row 15)', async () => {
    const { transport } = await engineThat(({ socket }) => {
      socket.write(streamHead);
      setTimeout(() => socket.write(Buffer.concat([piece('late'), Buffer.from('0\r\n\r\n')])), 200);
    });
    const { body } = await transport.request({ ...get, deadlineMs: 50 });
    expect(Buffer.concat(await collect(body)).toString()).toBe('late');
  });

  test('dispose ends streams, and nothing is sent after it', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.write(streamHead));
    const response = await transport.request(get);
    transport.dispose();
    await expect(collect(response.body)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    await expect(unary(transport, get)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(asked()).toHaveLength(1);
  });

  test('an engine that is not there', async () => {
    const { engine, transport } = await engineThat(() => undefined);
    await engine.stop();
    await expect(unary(transport, get)).rejects.toMatchObject({ code: 'ENGINE_DOWN', remedy: anyText });
  });
});

describe('what goes over the wire', () => {
  test('a body never shows in the URL, and a query never in the body (J.1 row 1)', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.write(jsonAnswer({})));
    const body = { Env: ['TOKEN=geheim'], Labels: { a: 'ü' } };
    await unary(transport, { ...post, query: { name: 'x' }, body });
    await unary(transport, { ...post, query: { name: 'x' } });
    const [first, second] = asked();
    expect(first?.target).toBe('/v1.45/fault?name=x');
    expect(JSON.parse(Buffer.from(first?.body ?? '', 'latin1').toString())).toEqual(body);
    expect(first?.headers.get('content-type')).toBe('application/json');
    expect(second?.body).toBe('');
  });

  test('undefined query values are left out (J.1 row 2)', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.write(jsonAnswer({})));
    await unary(transport, { ...get, query: { a: undefined, b: false, c: 0, d: ['x', 'y'], e: 'a&b=ü' } });
    await unary(transport, { ...get, query: { a: undefined } });
    expect(asked()[0]?.query.toString()).toBe('b=false&c=0&d=x&d=y&e=a%26b%3D%C3%BC');
    expect(asked()[1]?.target).toBe('/v1.45/fault');
  });

  test('an engine behind tcp, with a path of its own in front', async () => {
    const engine = await startRawEngine(({ target, socket }) => {
      const version = { Version: '1', ApiVersion: '1.45', Os: 'linux', Arch: 'amd64' };
      return socket.write(jsonAnswer(target === '/base/version' ? version : target)) || true;
    }, 'tcp');
    const endpoint = { ...engine.endpoint, url: `${engine.endpoint.url}/base` };
    const transport = new HttpTransport(endpoint, defaultDeadlines, defaultHeartbeat);
    onTestFinished(() => {
      transport.dispose();
    });
    const { text } = await unary(transport, { ...get, query: { a: 'ü' } });
    expect(text).toBe('"/base/v1.45/fault?a=%C3%BC"');
  });

  test('bytes and streams are sent as they are', async () => {
    const { transport, asked } = await engineThat(({ socket }) => socket.write(jsonAnswer({})));
    await unary(transport, { ...post, body: Buffer.from('tar'), headers: { 'content-type': 'application/x-tar' } });
    expect(asked()[0]).toMatchObject({ body: 'tar' });
    expect(asked()[0]?.headers.get('content-type')).toBe('application/x-tar');
    await unary(transport, { ...post, body: Readable.from([Buffer.from('tar')]) });
    expect(asked()[1]?.headers.get('transfer-encoding')).toBe('chunked');
  });

  test('a stream that fails while it is sent is not taken for a missing engine', async () => {
    const { transport } = await engineThat(() => undefined);
    const body = new Readable({
      read() {
        this.destroy(Object.assign(new Error('no such file'), { code: 'ENOENT' }));
      },
    });
    await expect(unary(transport, { ...post, body })).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test.each(['/containers/../version', '/containers//json', '/containers/a%2F..%2Fb/json'])(
    'a path that the engine would read as another one is not sent: %s',
    async (path) => {
      const { transport, engine } = await engineThat(() => undefined);
      await expect(unary(transport, { ...get, path })).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
      expect(engine.requests.map((request) => request.path)).toEqual(['/version']);
    },
  );

  describe('an environment of another engine', () => {
    beforeEach(() => {
      vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
      vi.stubEnv('DOCKER_TLS_VERIFY', '1');
      vi.stubEnv('DOCKER_CERT_PATH', '/nonexistent');
    });
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    test('changes nothing: only the endpoint counts (J.1 row 13)', async () => {
      const { transport } = await engineThat(({ socket }) => socket.write(jsonAnswer([])));
      expect((await unary(transport, get)).text).toBe('[]');
      expect(process.env['DOCKER_HOST']).toBe('tcp://127.0.0.1:1');
    });
  });
});
