import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OperationEvent, QuaysideError } from '#contract/index.ts';
import { type Connection, carriers } from './contract-harness.ts';
import { createFakeEngine, type FakeEngine, fakeTime } from './fake-engine.ts';

const development = { environment: 'development' };

describe.each(carriers)('the contract over $name', (carrier) => {
  let engine: FakeEngine;
  let connection: Connection;

  beforeEach(async () => {
    engine = createFakeEngine();
    connection = await carrier.connect(engine);
  });

  afterEach(() => connection.close());

  test('values arrive whole, times as ISO text', async () => {
    expect(await connection.client.system.hello()).toEqual({
      version: '0.0.0',
      host: 'test',
      startedAt: fakeTime,
      user: { name: '', role: 'admin' },
    });
    const project = await connection.client.project.get();
    expect(project).toEqual(await engine.project());
    expect((await connection.client.stack.get(development)).at).toBe(fakeTime);
  });

  test('defaults of the input are filled in', async () => {
    const page = await connection.client.logs.read({ environment: 'development' });
    expect(page).toMatchObject({ lines: [], cursor: 0, dropped: 0 });
  });

  test('calls in parallel do not mix', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `environment-${index}`);
    const states = await Promise.all(names.map((environment) => connection.client.stack.get({ environment })));
    expect(states.map((state) => state.environment)).toEqual(names);
  });

  test('a refusal keeps code, message, remedy and details', async () => {
    engine.failure = new QuaysideError('ENGINE_DOWN', 'Docker does not answer.', {
      remedy: 'Start Docker.',
      details: { endpoint: 'unix:///x' },
      cause: new Error('connect ENOENT'),
    });
    const error = await failureOf(connection.client.project.get());
    expect(error).toMatchObject({
      code: 'ENGINE_DOWN',
      message: 'Docker does not answer.',
      data: { remedy: 'Start Docker.', details: { endpoint: 'unix:///x' } },
    });
    expect(JSON.stringify(error)).not.toContain('ENOENT');
  });

  test('a defect becomes INTERNAL, without its stack', async () => {
    engine.failure = new TypeError('x is undefined');
    const error = await failureOf(connection.client.project.get());
    expect(error).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(error)).not.toContain('fake-engine');
  });

  test('bad input is BAD_REQUEST and does not reach the engine', async () => {
    const bad = { environment: 7 } as unknown as { environment: string };
    expect(await failureOf(connection.client.stack.get(bad))).toMatchObject({ code: 'BAD_REQUEST' });
    const tooMany = { environment: 'development', limit: 5000 };
    expect(await failureOf(connection.client.logs.read(tooMany))).toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('an answer that breaks the contract is not passed on', async () => {
    engine.wrongAnswer = { environment: 'development', ok: 'yes', token: 'secret' };
    const error = await failureOf(connection.client.preflight.run(development));
    expect(error).toMatchObject({ code: expect.stringMatching(/^INTERNAL/) as string });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  test('more than the contract names is cut off', async () => {
    engine.wrongAnswer = { environment: 'development', ok: true, findings: [], env: { PASSWORD: 'secret' } };
    expect(await connection.client.preflight.run(development)).toEqual({
      environment: 'development',
      ok: true,
      findings: [],
    });
  });

  test('a stream gives its first frame at once, then each change', async () => {
    const states = await connection.client.stack.watch(development);
    expect((await states.next()).value).toMatchObject({ sentence: 'nothing runs' });
    const next = states.next();
    engine.push('2 of 2 services healthy');
    expect((await next).value).toMatchObject({ sentence: '2 of 2 services healthy' });
    await states.return();
  });

  test('leaving a stream early ends its source', async () => {
    for await (const state of await connection.client.engine.watch()) {
      expect(state.state).toBe('connected');
      expect(engine.openStreams()).toBe(1);
      break;
    }
    await expect.poll(() => engine.openStreams()).toBe(0);
  });

  test('aborting a call ends its source', async () => {
    const abort = new AbortController();
    const states = await connection.client.stack.watch(development, { signal: abort.signal });
    await states.next();
    const pending = states.next().then(
      ({ done }) => done,
      () => true,
    );
    abort.abort();
    await expect.poll(() => engine.openStreams()).toBe(0);
    expect(await pending).toBe(true);
  });

  test('events come in frames of at most 200, all of them, in order', async () => {
    engine.events.push(...notes(5_000));
    const seen: OperationEvent[] = [];
    for await (const frame of await connection.client.operation.watch({ id: 'op-1' })) {
      expect(frame.events.length).toBeLessThanOrEqual(200);
      expect(frame.dropped).toBe(0);
      seen.push(...frame.events);
    }
    expect(seen).toEqual(engine.events);
  });
});

describe.each(carriers.filter(({ name }) => name !== 'in-process'))('the wire of $name', (carrier) => {
  let engine: FakeEngine;
  let connection: Connection;

  beforeEach(async () => {
    engine = createFakeEngine();
    connection = await carrier.connect(engine);
  });

  afterEach(() => connection.close());

  test('a cut connection ends every source behind it', async () => {
    const watched = await Promise.all([
      connection.client.engine.watch(),
      connection.client.stack.watch(development),
      connection.client.stack.watch(development),
    ]);
    await Promise.all(watched.map((stream) => stream.next()));
    expect(engine.openStreams()).toBe(3);
    connection.cut?.();
    await expect.poll(() => engine.openStreams()).toBe(0);
  });

  test.each(['', 'nonsense', '7', '{"i":"1"}', '{"i":"1","p":{"u":7}}', '[]', 'null', '{"i":"1","p":{"u":"no url"}}'])(
    'the frame %j ends that connection and nothing else',
    async (frame) => {
      const pending = connection.client.stack.watch(development).then(async (stream) => {
        await stream.next();
        return failureOf(stream.next());
      });
      await expect.poll(() => engine.openStreams()).toBe(1);
      connection.sendRaw?.(frame);
      await pending;
      await expect.poll(() => engine.openStreams()).toBe(0);
      const other = await carrier.connect(engine);
      expect(await other.client.system.hello()).toMatchObject({ host: 'test' });
      await other.close();
    },
  );

  test('an unknown procedure is NOT_FOUND and the connection lives on', async () => {
    const client = connection.client as unknown as { stack: { destroy: () => Promise<unknown> } };
    expect(await failureOf(client.stack.destroy())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await connection.client.system.hello()).toMatchObject({ host: 'test' });
  });
});

describe.each(carriers.filter(({ name }) => name === 'WebSocket'))('back-pressure over $name', (carrier) => {
  test('a reader that stops reading stops the source, and gets everything when it goes on', async () => {
    const engine = createFakeEngine();
    const connection = await carrier.connect(engine);
    engine.events.push(...notes(100_000, 'x'.repeat(400)));
    const frames = await connection.client.operation.watch({ id: 'op-1' });
    const first = await frames.next();
    let seen = first.done === true ? 0 : first.value.events.length;
    connection.pause?.();
    const stopped = await restsAt(engine.eventsRead);
    expect(stopped).toBeLessThan(90_000);
    connection.resume?.();
    for await (const frame of frames) seen += frame.events.length;
    expect(seen).toBe(100_000);
    await connection.close();
  });
});

/** The value of a counter once it has not moved for half a second. */
async function restsAt(read: () => number): Promise<number> {
  for (;;) {
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (read() === before) return before;
  }
}

function notes(count: number, padding = ''): OperationEvent[] {
  return Array.from({ length: count }, (_, index) => ({ type: 'note', at: fakeTime, text: `note ${index}${padding}` }));
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('did not fail');
}
