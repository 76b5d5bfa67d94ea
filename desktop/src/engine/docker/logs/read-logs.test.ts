import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../connect.ts';
import { collect } from '../fixtures/collect.ts';
import { head, jsonAnswer, piece, type RawRequest, startRawEngine, streamHead } from '../fixtures/raw-engine.ts';
import type { LogChunk, LogsOptions } from '../types.ts';

const framed = Buffer.from([1, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x0a, 2, 0, 0, 0, 0, 0, 0, 2, 0x62, 0x0a]);
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
  const read = (tty: boolean, options: LogsOptions = { follow: false }) => gateway.containers.logs('web', tty, options);
  return { engine, read };
}

const texts = (chunks: readonly LogChunk[]) =>
  chunks.map(({ stream, payload }) => [stream, Buffer.from(payload).toString()]);

describe('container logs', () => {
  test('frames of both streams, with what was asked for in the query', async () => {
    const { read, engine } = await logsFrom(({ socket }) => {
      socket.write(Buffer.concat([Buffer.from(streamHead), piece(framed.subarray(0, 5)), piece(framed.subarray(5))]));
      socket.write(end);
    });
    const options = { follow: false, tail: 100, since: '1795422780.000000001' } as const;
    expect(texts(await collect(read(false, options)))).toEqual([
      [1, 'a\n'],
      [2, 'b\n'],
    ]);
    expect(Object.fromEntries(engine.requests.at(-1)?.query ?? [])).toEqual({
      stdout: 'true',
      stderr: 'true',
      timestamps: 'true',
      follow: 'false',
      tail: '100',
      since: '1795422780.000000001',
    });
  });

  test('a terminal that prints JSON stays bytes of stream 1 (J.1 row 4)', async () => {
    const { read } = await logsFrom(({ socket }) => socket.write(jsonAnswer({ level: 30 })));
    expect(texts(await collect(read(true)))).toEqual([[1, '{"level":30}']]);
  });

  test('the word of the engine on framing wins over ours', async () => {
    const type = {
      'Content-Type': 'application/vnd.docker.multiplexed-stream',
      'Content-Length': String(framed.length),
    };
    const { read } = await logsFrom(({ socket }) => {
      socket.write(Buffer.concat([Buffer.from(head(200, type)), framed]));
    });
    expect(texts(await collect(read(true)))).toHaveLength(2);
  });

  test('ends quietly when aborted and frees the socket', async () => {
    const { read, engine } = await logsFrom(({ socket }) => {
      socket.write(Buffer.concat([Buffer.from(streamHead), piece(framed)]));
    });
    const stop = new AbortController();
    const seen: LogChunk[] = [];
    for await (const chunk of read(false, { follow: true, signal: stop.signal })) {
      seen.push(chunk);
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toHaveLength(2);
    await vi.waitFor(() => {
      expect(engine.requests.at(-1)?.socket.destroyed).toBe(true);
    });
  });

  test('a connection that is cut throws, also in the middle of a frame', async () => {
    const cut = await logsFrom(({ socket }) => {
      socket.end(Buffer.concat([Buffer.from(streamHead), piece(framed)]));
    });
    await expect(collect(cut.read(false))).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
    const half = await logsFrom(({ socket }) => {
      socket.write(Buffer.concat([Buffer.from(streamHead), piece(framed.subarray(0, 9)), Buffer.from(end)]));
    });
    await expect(collect(half.read(false))).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });

  test('a reader that stops reading stops the engine from sending: nothing piles up here', async () => {
    const line = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0x40, 0]), Buffer.alloc(16_384, 'x')]);
    const total = 2_000;
    let accepted = 0;
    const { read } = await logsFrom(({ socket }) => {
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
    const chunks = read(false)[Symbol.asyncIterator]();
    await chunks.next();
    let before = -1;
    // Goes on until the socket's own buffers are full and nothing more is taken.
    while (accepted !== before) {
      before = accepted;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(accepted).toBeLessThan(total / 4);
    let read2 = 1;
    while ((await chunks.next()).done !== true) read2 += 1;
    expect(read2).toBe(total);
  });

  test('no such container', async () => {
    const { read } = await logsFrom(({ socket }) =>
      socket.write(jsonAnswer({ message: 'No such container: web' }, 404)),
    );
    await expect(collect(read(false))).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  });
});
