import { expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../connect.ts';
import { jsonAnswer, piece, type RawRequest, startRawEngine, streamHead } from '../fixtures/raw-engine.ts';
import type { LogReader, LogsOptions } from '../types.ts';

const framed = Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x0a, 2, 0, 0, 0, 0, 0, 0, 2, 0x62, 0x0a]);
const bothLines = ['1 a\n', '2 b\n'];
const end = '0\r\n\r\n';

async function logsFrom(answer: (request: RawRequest) => void) {
  const engine = await startRawEngine((request) => {
    if (request.path !== '/containers/web/logs') return false;
    answer(request);
    return true;
  });
  const gateway = connect(engine.endpoint);
  onTestFinished(() => {
    gateway.dispose();
  });
  const seen: string[] = [];
  const drain = (tty: boolean, options: LogsOptions = { follow: false }, piece?: LogReader['piece']) =>
    gateway.containers.drainLogs('web', tty, options, {
      frame: (stream, bytes, from, to) => seen.push(`${stream} ${Buffer.from(bytes.subarray(from, to)).toString()}`),
      ...(piece === undefined ? {} : { piece }),
    });
  return { engine, drain, seen };
}

test('frames of both streams, however they are cut, on a connection of their own', async () => {
  const { drain, seen, engine } = await logsFrom(({ socket }) => {
    socket.write(streamHead);
    for (const byte of framed) socket.write(piece(Buffer.from([byte])));
    socket.write(end);
  });
  await drain(false, { follow: true, tail: 100, since: '1795422780.000000001' });
  expect(seen).toEqual(bothLines);
  const asked = engine.requests.at(-1);
  expect(asked?.headers.get('connection')).toBe('close');
  expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({ follow: 'true', tail: '100', timestamps: 'true' });
});

test('a terminal that prints JSON stays bytes of stream 1', async () => {
  const { drain, seen } = await logsFrom(({ socket }) => socket.write(jsonAnswer({ level: 30 })));
  await drain(true);
  expect(seen).toEqual(['1 {"level":30}']);
});

test('a connection that is cut throws, between two lines and amid one', async () => {
  const cut = await logsFrom(({ socket }) => socket.end(Buffer.concat([Buffer.from(streamHead), piece(framed)])));
  await expect(cut.drain(false)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  expect(cut.seen).toEqual(bothLines);
  const half = await logsFrom(({ socket }) => {
    socket.write(Buffer.concat([Buffer.from(streamHead), piece(framed.subarray(0, 9)), Buffer.from(end)]));
  });
  await expect(half.drain(false)).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
});

test.each([
  [
    'aborted',
    (stop: AbortController) => {
      stop.abort();
      return undefined;
    },
  ],
  ['told to stop', () => 'stop' as const],
])('ends quietly when %s and frees the socket', async (_what, onPiece) => {
  const { drain, seen, engine } = await logsFrom(({ socket }) => {
    socket.write(Buffer.concat([Buffer.from(streamHead), piece(framed)]));
  });
  const stop = new AbortController();
  await drain(false, { follow: true, signal: stop.signal }, () => onPiece(stop));
  expect(seen).toEqual(bothLines);
  await vi.waitFor(() => {
    expect(engine.sockets.size).toBeLessThanOrEqual(1);
    expect(engine.requests.at(-1)?.socket.destroyed).toBe(true);
  });
});

test('a reader that is not ready stops the engine from sending; nothing is lost', async () => {
  const line = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0x40, 0]), Buffer.alloc(16_384, 'x')]);
  const total = 2_000;
  let accepted = 0;
  const { drain, seen } = await logsFrom(({ socket }) => {
    socket.write(streamHead);
    const more = (): void => {
      while (accepted < total) {
        accepted += 1;
        if (!socket.write(piece(line))) return void socket.once('drain', more);
      }
      socket.write(end);
    };
    more();
  });
  const ready = Promise.withResolvers<undefined>();
  const drained = drain(false, { follow: false }, () => ready.promise);
  let before = -1;
  // Goes on until the socket's own buffers are full and nothing more is taken.
  while (accepted === 0 || accepted !== before) {
    before = accepted;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(accepted).toBeLessThan(total / 4);
  ready.resolve(undefined);
  await drained;
  expect(seen).toHaveLength(total);
});

test('no such container; an engine that does not speak', async () => {
  const { drain } = await logsFrom(({ socket }) =>
    socket.write(jsonAnswer({ message: 'No such container: web' }, 404)),
  );
  await expect(drain(false)).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  const silent = await startRawEngine(({ path }) => path === '/containers/web/logs');
  const gateway = connect(silent.endpoint, { deadlines: { stream: 150 } });
  const read = gateway.containers.drainLogs('web', false, { follow: true }, { frame: () => undefined });
  await expect(read).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  gateway.dispose();
});
