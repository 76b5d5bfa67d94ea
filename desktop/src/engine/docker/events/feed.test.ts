import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../connect.ts';
import { piece, type RawRequest, startRawEngine, streamHead, textAnswer } from '../fixtures/raw-engine.ts';
import type { FeedItem } from '../types.ts';

const second = '1795422780';

/** An event as the engine writes it; `nanos` are added to one fixed second. */
function line(nanos: number, Action = 'start', extra: Record<string, unknown> = {}): string {
  const event = { Type: 'container', Action, Actor: { ID: `c${nanos}`, Attributes: { name: 'web' } }, ...extra };
  // Written as text: a number cannot hold it.
  return `${JSON.stringify(event).slice(0, -1)},"time":${second},"timeNano":${second}${String(nanos).padStart(9, '0')}}\n`;
}

type Write = (text: string) => void;

/** A feed from an engine that answers the nth /events request as told, and its items as they come. */
async function feedOf(connected: (write: Write, request: RawRequest, count: number) => void, feed = {}) {
  let count = 0;
  const engine = await startRawEngine((request) => {
    if (request.path !== '/events') return false;
    count += 1;
    request.socket.write(streamHead);
    connected((text) => request.socket.write(piece(text)), request, count);
    return true;
  });
  const gateway = connect(engine.endpoint, { feed: { firstPauseMs: 10, longestPauseMs: 40, ...feed } });
  const stop = new AbortController();
  const iterator = gateway.events(stop.signal)[Symbol.asyncIterator]();
  const take = async (number: number): Promise<FeedItem[]> => {
    const items: FeedItem[] = [];
    while (items.length < number) {
      const next = await iterator.next();
      if (next.done === true) break;
      items.push(next.value);
    }
    return items;
  };
  onTestFinished(async () => {
    stop.abort();
    await iterator.return?.();
    gateway.dispose();
  });
  const asked = (): RawRequest[] => engine.requests.filter(({ path }) => path === '/events');
  return { engine, take, stop, asked, iterator, gateway };
}

const label = (item: FeedItem): string => {
  if (item.kind === 'event') return `${item.event.action} ${item.event.id}`;
  return item.kind === 'resync' ? `resync ${item.cause}` : 'lost';
};

describe('event feed', () => {
  test('opens the stream first, then asks for a snapshot, then tells events with exact times', async () => {
    const { take, asked } = await feedOf((write) => {
      write(line(1));
      write(line(123_456_789, 'health_status: unhealthy'));
    });
    const [resync, start, health] = await take(3);
    expect(resync).toEqual({ kind: 'resync', cause: 'connected' });
    expect(start).toEqual({
      kind: 'event',
      event: {
        type: 'container',
        action: 'start',
        id: 'c1',
        attributes: { name: 'web' },
        timeNano: `${second}000000001`,
      },
    });
    expect(health).toMatchObject({
      event: { action: 'health_status', detail: 'unhealthy', timeNano: `${second}123456789` },
    });
    const filters: unknown = JSON.parse(asked()[0]?.query.get('filters') ?? '');
    expect(filters).toMatchObject({ type: ['container', 'network', 'volume', 'image', 'daemon'] });
    expect(JSON.stringify(filters)).not.toContain('exec');
  });

  test('begins with the second before the stream was open, by the clock of the engine', async () => {
    const { take, asked, engine } = await feedOf(() => undefined);
    await take(1);
    expect(engine.requests.map(({ path }) => path)).toContain('/_ping');
    expect(Number(asked()[0]?.query.get('since'))).toBeGreaterThan(Date.now() / 1000 - 60);
  });

  test('an engine that takes longer to tell its clock than a ping may is busy, not lost', async () => {
    const engine = await startRawEngine(({ path, socket }) => {
      if (path === '/events') socket.write(streamHead);
      else if (path === '/_ping') setTimeout(() => socket.write(textAnswer('OK')), 200);
      else return false;
      return true;
    });
    const gateway = connect(engine.endpoint, { deadlines: { ping: 50 } });
    onTestFinished(() => {
      gateway.dispose();
    });
    const feed = gateway.events(new AbortController().signal)[Symbol.asyncIterator]();
    expect((await feed.next()).value).toEqual({ kind: 'resync', cause: 'connected' });
  });

  test('connects again from the last event on, tells nothing twice and asks for a new snapshot', async () => {
    const { take, asked } = await feedOf((write, { socket }, count) => {
      if (count === 1) {
        write(line(1) + line(2));
        socket.end();
      } else {
        write(line(2) + line(2, 'die') + line(3));
      }
    });
    const items = await take(7);
    expect(items.map(label)).toEqual([
      'resync connected',
      'start c1',
      'start c2',
      'lost',
      'resync reconnected',
      'die c2',
      'start c3',
    ]);
    expect(asked()[1]?.query.get('since')).toBe(`${second}.000000002`);
  });

  test('a killed connection is lost and found again', async () => {
    const { take } = await feedOf((_write, { socket }, count) => {
      if (count === 1) setTimeout(() => socket.destroy(), 20);
    });
    const items = await take(3);
    expect(items.map(label)).toEqual(['resync connected', 'lost', 'resync reconnected']);
    expect(items[1]).toMatchObject({ error: { code: 'ENGINE_DOWN' } });
  });

  test('an engine that is away is told once, however often it is tried', async () => {
    const { take, engine, iterator } = await feedOf(() => undefined);
    await take(1);
    await engine.stop();
    expect((await take(1)).map(label)).toEqual(['lost']);
    const silence = new Promise((resolve) => setTimeout(resolve, 300, 'silence'));
    expect(await Promise.race([iterator.next(), silence])).toBe('silence');
  });

  test('pauses between attempts grow', async () => {
    const times: number[] = [];
    await feedOf(
      (_write, { socket }) => {
        times.push(performance.now());
        socket.end();
      },
      { firstPauseMs: 20, longestPauseMs: 10_000 },
    ).then(({ take }) => take(9));
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // Pauses are 20, 40 and 80 ms, each shortened by at most half.
    expect(pauses[2] ?? 0).toBeGreaterThanOrEqual(40);
  });

  test('asks for a snapshot from time to time', async () => {
    const { take } = await feedOf(() => undefined, { resyncMs: 30 });
    expect((await take(3)).map(label)).toEqual(['resync connected', 'resync timer', 'resync timer']);
  });

  test('a reader that does not read costs nothing but a snapshot', async () => {
    const { take } = await feedOf(
      (write) => {
        write(Array.from({ length: 5_000 }, (_, index) => line(index)).join(''));
      },
      { capacity: 100 },
    );
    const seen: string[] = [];
    while (seen.at(-1) !== 'resync gap') {
      seen.push(...(await take(1)).map(label));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    // What it had not taken is gone; what it took before is at most what came while it paused.
    expect(seen.length).toBeLessThan(2_000);
  });

  test('what is no event is skipped and asks for a snapshot; broken JSON breaks the stream', async () => {
    const { take } = await feedOf((write, _request, count) => {
      write(count === 1 ? `${line(1, 'start', { Type: 'plugin' })}${line(2)}<html>\n` : line(3));
    });
    const items = await take(6);
    expect(items.map(label)).toEqual([
      'resync connected',
      'resync gap',
      'start c2',
      'lost',
      'resync reconnected',
      'start c3',
    ]);
    expect(items[3]).toMatchObject({ error: { code: 'ENGINE_PROTOCOL' } });
  });

  test('ends when its reader leaves', async () => {
    const { take, iterator, asked } = await feedOf(() => undefined);
    await take(1);
    await iterator.return?.();
    await vi.waitFor(() => {
      expect(asked()[0]?.socket.destroyed).toBe(true);
    });
  });

  test('ends when the gateway is disposed of', async () => {
    const { take, iterator, gateway } = await feedOf(() => undefined);
    await take(1);
    gateway.dispose();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('ends when aborted, while it waits and between attempts, and frees its socket', async () => {
    const { take, stop, iterator, engine } = await feedOf(() => undefined);
    await take(1);
    const waiting = iterator.next();
    stop.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await vi.waitFor(() => {
      expect(engine.requests.filter(({ path, socket }) => path === '/events' && !socket.destroyed)).toEqual([]);
    });
  });
});
