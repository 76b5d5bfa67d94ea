import { expect, test } from 'vitest';
import { folderWith } from '../build/fixtures/folder.ts';
import { containing, sentence } from '../build/fixtures/like.ts';
import { defaultDeadlines } from '../deadlines.ts';
import { jsonAnswer, piece, type RawRequest, startRawEngine, streamHead } from '../fixtures/raw-engine.ts';
import { defaultHeartbeat } from '../transport/heartbeat.ts';
import { HttpTransport } from '../transport/http-transport.ts';
import type { PullEvent } from '../types.ts';
import { type PullOptions, pullImage } from './pull.ts';

const auth = { username: 'u', password: 'p', serveraddress: 's' };

/** Pulls from an engine that answers the pull as told and has an image only where `found`. */
async function pullAgainst(
  answer: (request: RawRequest) => void,
  image: string,
  found: boolean,
  more: PullOptions = {},
) {
  const engine = await startRawEngine((request) => {
    if (request.path === '/images/create') answer(request);
    else if (request.path.startsWith('/images/')) {
      request.socket.write(found ? jsonAnswer({ Id: 'sha256:a' }) : jsonAnswer({ message: 'No such image' }, 404));
    } else return false;
    return true;
  });
  const transport = new HttpTransport(engine.endpoint, defaultDeadlines, defaultHeartbeat);
  const events: PullEvent[] = [];
  const done = (async () => {
    for await (const one of pullImage(transport, image, { auth, pausesMs: [], ...more })) events.push(one);
  })().finally(() => {
    transport.dispose();
  });
  return { done, events, engine };
}

/** A whole answer of these lines. */
const lines =
  (...values: unknown[]) =>
  ({ socket }: RawRequest): void => {
    socket.write(streamHead);
    for (const value of values) socket.write(piece(`${JSON.stringify(value)}\n`));
    socket.write('0\r\n\r\n');
  };

test('a pull that reports success without bringing the image is no success', async () => {
  const { done } = await pullAgainst(lines({ status: 'Status: Image is up to date' }), 'a:1', false);
  await expect(done).rejects.toMatchObject({ code: 'ENGINE_PROTOCOL', remedy: sentence });
});

test.each([
  ['errorDetail', { errorDetail: { message: 'toomanyrequests: slow down' }, error: 'x' }, 'REGISTRY_RATE_LIMIT'],
  ['error alone', { error: 'write /var: no space left on device' }, 'DISK_FULL'],
  ['words that nobody knows', { error: 'the moon is full' }, 'ENGINE_REFUSED'],
])(
  'an error line within an answer of HTTP 200 is a failure, although the image is there: %s',
  async (_name, line, code) => {
    const { done } = await pullAgainst(lines({ status: 'Pulling' }, line, { status: 'more' }), 'a:1', true);
    await expect(done).rejects.toMatchObject({ code, remedy: sentence });
  },
);

test('an answer that breaks off is a failure', async () => {
  const { done } = await pullAgainst(
    ({ socket }) => {
      socket.write(streamHead);
      socket.write(piece('{"status":"Pulling"}\n'), () => socket.destroy());
    },
    'a:1',
    true,
  );
  await expect(done).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
});

test.each([
  ['pull access denied for a, repository does not exist or may require authorization', 404, 'REGISTRY_DENIED'],
  ['manifest for a:1 not found: manifest unknown', 404, 'IMAGE_NOT_FOUND'],
  ['Head "https://r/v2/": dial tcp: lookup r: no such host', 500, 'REGISTRY_UNREACHABLE'],
  ['Get "https://r/v2/": http: server gave HTTP response to HTTPS client', 500, 'REGISTRY_UNREACHABLE'],
  [
    'Get "https://r/v2/": tls: failed to verify certificate: x509: certificate has expired',
    500,
    'REGISTRY_UNREACHABLE',
  ],
  ['Head "https://r/v2/a/manifests/1": unauthorized: incorrect username or password', 500, 'REGISTRY_LOGIN'],
])('an error of the engine before anything was sent: %s', async (message, status, code) => {
  const { done } = await pullAgainst(({ socket }) => socket.write(jsonAnswer({ message }, status)), 'a:1', false);
  await expect(done).rejects.toMatchObject({ code, details: { reason: message } });
});

test('a missing login is named together with why the saved one could not be used', async () => {
  const message = 'pull access denied for a, repository does not exist or may require authorization';
  const config = await folderWith({ 'config.json': '{"credsStore":"qs-test-none"}' });
  const saved = { auth: undefined, env: { DOCKER_CONFIG: config } };
  const { done } = await pullAgainst(({ socket }) => socket.write(jsonAnswer({ message }, 404)), 'a:1', false, saved);
  await expect(done).rejects.toMatchObject({
    code: 'REGISTRY_LOGIN',
    message: containing('docker-credential-qs-test-none cannot be started'),
    remedy: containing('credsStore'),
  });
});

test.each([
  ['a', 'a', 'latest'],
  ['docker.io/library/a:2', 'a', '2'],
  ['r.example:5/a/b:c', 'r.example:5/a/b', 'c'],
  [`a:b@sha256:${'0'.repeat(64)}`, 'a', `sha256:${'0'.repeat(64)}`],
])('%s is asked for by name and tag, with the login in a header and the platform', async (image, name, tag) => {
  const { done, engine } = await pullAgainst(lines({ status: 'ok' }), image, true, { platform: 'linux/arm64' });
  await done;
  const request = engine.requests.find(({ path }) => path === '/images/create');
  expect(Object.fromEntries(request?.query ?? [])).toEqual({ fromImage: name, tag, platform: 'linux/arm64' });
  expect(JSON.parse(Buffer.from(request?.headers.get('x-registry-auth') ?? '', 'base64url').toString())).toEqual(auth);
});

test('nothing but unpacking may be silent for longer', async () => {
  const layer = (status: string) =>
    piece(`${JSON.stringify({ id: 'l', status, progressDetail: { current: 1, total: 2 } })}\n`);
  const silent = (status: string) => (request: RawRequest) => {
    request.socket.write(streamHead);
    request.socket.write(layer(status));
    setTimeout(() => request.socket.write(Buffer.concat([layer('Pull complete'), Buffer.from('0\r\n\r\n')])), 600);
  };
  const unpacking = await pullAgainst(silent('Extracting'), 'a', true, { idleMs: 200 });
  await expect(unpacking.done).resolves.toBeUndefined();
  const downloading = await pullAgainst(silent('Downloading'), 'a', true, { idleMs: 200 });
  await expect(downloading.done).rejects.toMatchObject({ code: 'REGISTRY_UNREACHABLE' });
});
