import { describe, expect, test } from 'vitest';
import { defaultDeadlines } from '../deadlines.ts';
import { head, jsonAnswer, piece, type RawRequest, startRawEngine, streamHead } from '../fixtures/raw-engine.ts';
import { defaultHeartbeat } from '../transport/heartbeat.ts';
import { HttpTransport } from '../transport/http-transport.ts';
import type { BuildEvent, BuildRequest } from '../types.ts';
import { buildImage } from './build-image.ts';
import { folderWith } from './fixtures/folder.ts';
import { containing, sentence } from './fixtures/like.ts';
import { requestFor } from './fixtures/request.ts';

type Answer = (request: RawRequest, attempt: number) => void;

/** Builds a tiny context against an engine that answers `POST /build` as told; returns the events and the number of calls. */
async function buildAgainst(answer: Answer, more: Partial<BuildRequest> = {}) {
  let calls = 0;
  const engine = await startRawEngine((request) => {
    if (request.path !== '/build') return false;
    calls += 1;
    answer(request, calls);
    return true;
  });
  const transport = new HttpTransport(engine.endpoint, defaultDeadlines, defaultHeartbeat);
  const folder = await folderWith({ Dockerfile: 'FROM scratch\n' });
  const events: BuildEvent[] = [];
  const done = (async () => {
    for await (const event of buildImage(transport, requestFor(folder, more))) events.push(event);
  })().finally(() => {
    transport.dispose();
  });
  return { done, events, calls: () => calls, engine };
}

const line = (value: unknown): Buffer => piece(`${JSON.stringify(value)}\n`);
const end = '0\r\n\r\n';
const image = { id: 'moby.image.id', aux: { ID: 'sha256:abc' } };
const sporadic = { errorDetail: { message: 'rpc error: grpc: the client connection is closing' } };

/** A whole answer made of these lines. */
const lines =
  (...values: unknown[]): Answer =>
  ({ socket }) => {
    socket.write(streamHead);
    for (const value of values) socket.write(line(value));
    socket.write(end);
  };

describe('the answer of the builder', () => {
  test('is a success only with an image id', async () => {
    const good = await buildAgainst(lines(image));
    await good.done;
    expect(good.events.at(-1)).toEqual({ type: 'image', id: 'sha256:abc' });
    const bad = await buildAgainst(lines());
    await expect(bad.done).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
  });

  test('is a failure when the connection breaks, also behind the image id', async () => {
    const cut = await buildAgainst(({ socket }) => {
      socket.write(streamHead);
      socket.write(line(image));
      setTimeout(() => socket.destroy(), 50);
    });
    await expect(cut.done).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });

  test.each([
    ['errorDetail', { errorDetail: { message: 'broke' }, error: 'broke' }],
    ['error alone', { error: 'broke' }],
  ])('is a failure with an error line: %s', async (_name, value) => {
    const failed = await buildAgainst(lines(value, image));
    await expect(failed.done).rejects.toMatchObject({ code: 'BUILD_FAILED', details: { reason: 'broke' } });
  });

  test('is a protocol error when the trace cannot be read', async () => {
    const broken = await buildAgainst(lines({ id: 'moby.buildkit.trace', aux: 'CgH/' }));
    await expect(broken.done).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL' });
  });

  test('lines of a kind that nobody knows are passed over', async () => {
    const odd = await buildAgainst(lines({ id: 'moby.future', aux: {} }, 7, null, image));
    await expect(odd.done).resolves.toBeUndefined();
  });

  test('an error of the engine itself keeps its own words', async () => {
    const refused = await buildAgainst(({ socket }) => {
      socket.write(jsonAnswer({ message: 'the network mode is not supported' }, 400));
    });
    await expect(refused.done).rejects.toMatchObject({ message: containing('network mode') });
  });
});

describe('a builder that drops its own connection', () => {
  test('is asked once more', async () => {
    const twice = await buildAgainst((request, attempt) => {
      lines(attempt === 1 ? sporadic : image)(request, attempt);
    });
    await twice.done;
    expect(twice.calls()).toBe(2);
    expect(twice.events.filter(({ type }) => type === 'context')).toHaveLength(1);
  });

  test('is not asked a third time', async () => {
    const always = await buildAgainst(lines(sporadic));
    await expect(always.done).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(always.calls()).toBe(2);
  });
});

describe('nothing is sent', () => {
  test.each<[string, Partial<BuildRequest>, string]>([
    ['a context that is missing', { context: '/nonexistent/context' }, 'does not exist'],
    ['a Dockerfile that is missing', { dockerfile: 'deep/Nope' }, 'There is no Dockerfile deep/Nope'],
    ['a Dockerfile that is a folder', { dockerfile: '/' }, 'is a folder'],
  ])('for %s', async (_name, more, message) => {
    const refused = await buildAgainst(() => undefined, more);
    await expect(refused.done).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing(message),
      remedy: sentence,
    });
    expect(refused.calls()).toBe(0);
  });
});

test('the query holds what was asked for, and nothing that was not', async () => {
  const bare = await buildAgainst(({ socket }) => socket.write(head(200)) && socket.end());
  await expect(bare.done).rejects.toThrow();
  expect(Object.fromEntries(bare.engine.requests.find(({ path }) => path === '/build')?.query ?? [])).toEqual({
    version: '2',
    dockerfile: 'Dockerfile',
    rm: 'true',
  });
  const full = await buildAgainst(lines(image), {
    tags: ['a:1', 'b:2'],
    target: 't',
    args: { A: '1', B: null },
    labels: { l: 'v' },
    cacheFrom: ['c:1'],
    noCache: true,
    pull: true,
    network: 'host',
    extraHosts: ['h:1.2.3.4'],
    shmSize: 64,
    platform: 'linux/amd64',
  });
  await full.done;
  const query = full.engine.requests.find(({ path }) => path === '/build')?.query;
  expect(query?.getAll('t')).toEqual(['a:1', 'b:2']);
  expect(JSON.parse(query?.get('buildargs') ?? '')).toEqual({ A: '1', B: null });
  expect(JSON.parse(query?.get('labels') ?? '')).toEqual({ l: 'v' });
  expect(JSON.parse(query?.get('cachefrom') ?? '')).toEqual(['c:1']);
  const others = ['target', 'nocache', 'pull', 'networkmode', 'extrahosts', 'shmsize', 'platform'];
  expect(others.map((key) => query?.get(key))).toEqual(['t', 'true', 'true', 'host', 'h:1.2.3.4', '64', 'linux/amd64']);
});
