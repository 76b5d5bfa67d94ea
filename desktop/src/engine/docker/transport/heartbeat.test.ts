import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { defaultDeadlines } from '../deadlines.ts';
import { piece, type RawRequest, startRawEngine, streamHead, textAnswer } from '../fixtures/raw-engine.ts';
import { HttpTransport } from './http-transport.ts';

/** An engine with an endless, silent `/stream`, whose `/_ping` answers as told. */
async function silentEngine(ping: (request: RawRequest, count: number) => void) {
  let pings = 0;
  const engine = await startRawEngine((request) => {
    if (request.path === '/stream')
      return request.socket.write(Buffer.concat([Buffer.from(streamHead), piece('first')]));
    if (request.path === '/never') return true;
    if (request.path !== '/_ping') return false;
    pings += 1;
    ping(request, pings);
    return true;
  });
  const transport = new HttpTransport(engine.endpoint, defaultDeadlines, { quietMs: 60, pingMs: [80, 120] });
  onTestFinished(() => {
    transport.dispose();
  });
  return { transport, pings: () => pings };
}

const alive = ({ socket }: RawRequest) => socket.write(textAnswer('OK'));

async function readAll(transport: HttpTransport, signal?: AbortSignal): Promise<string[]> {
  const options = { method: 'GET', path: '/stream', ...(signal === undefined ? {} : { signal }) } as const;
  const texts: string[] = [];
  for await (const chunk of (await transport.request(options)).body) texts.push(Buffer.from(chunk).toString());
  return texts;
}

describe('heartbeat of silent streams', () => {
  test('asks again and again while the engine answers, and leaves the stream alone', async () => {
    const { transport, pings } = await silentEngine(alive);
    const stop = new AbortController();
    const reading = readAll(transport, stop.signal);
    await vi.waitFor(
      () => {
        expect(pings()).toBeGreaterThanOrEqual(3);
      },
      { timeout: 5_000 },
    );
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  });

  test('a frozen engine ends every stream, after a second ping', async () => {
    const { transport, pings } = await silentEngine(() => undefined);
    const both = await Promise.allSettled([readAll(transport), readAll(transport)]);
    expect(both).toMatchObject([{ reason: { code: 'ENGINE_TIMEOUT' } }, { reason: { code: 'ENGINE_TIMEOUT' } }]);
    expect(pings()).toBe(2);
  });

  test('one late answer is forgiven', async () => {
    const { transport, pings } = await silentEngine((request, count) => {
      if (count !== 1) alive(request);
    });
    const stop = new AbortController();
    const reading = readAll(transport, stop.signal);
    await vi.waitFor(
      () => {
        expect(pings()).toBeGreaterThanOrEqual(4);
      },
      { timeout: 5_000 },
    );
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  });

  test('a request without a deadline of its own is watched before its answer begins', async () => {
    const { transport } = await silentEngine(() => undefined);
    const options = { method: 'GET', path: '/never', deadlineMs: Number.POSITIVE_INFINITY } as const;
    await expect(transport.request(options)).rejects.toMatchObject({ code: 'ENGINE_TIMEOUT' });
  });

  test('nothing is asked while nothing is open', async () => {
    const { transport, pings } = await silentEngine(alive);
    const response = await transport.request({ method: 'GET', path: '/stream' });
    const first = await response.body[Symbol.asyncIterator]().next();
    expect(Buffer.from(first.value ?? []).toString()).toBe('first');
    response.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pings()).toBe(0);
  });
});
