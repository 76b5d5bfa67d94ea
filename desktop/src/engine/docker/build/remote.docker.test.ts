import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '#testing/free-port.ts';
import { collect } from '../fixtures/collect.ts';
import { buildImage } from './build-image.ts';
import { packContext } from './context/pack.ts';
import { folderWith, type Tree } from './fixtures/folder.ts';
import { containing } from './fixtures/like.ts';
import { docker, realTransport, removeImageLater } from './fixtures/real-engine.ts';
import { listingFor, requestFor } from './fixtures/request.ts';

const BASE = 'qs-test-debian:bookworm';
const good: Tree = { Dockerfile: `FROM ${BASE}\nCOPY a /a\n`, a: 'fetched' };

/** Builds from an address and gives what `/a` in the image holds. */
async function build(context: string, builder: string, more = {}): Promise<string> {
  const env = { ...process.env, DOCKER_BUILDKIT: builder };
  const tag = `qs-test-se-remote-${builder}:t`;
  removeImageLater(tag);
  const last = (await collect(buildImage(realTransport(), requestFor(context, { tags: [tag], ...more }), { env }))).at(
    -1,
  );
  expect(last?.type).toBe('image');
  return docker('run', '--rm', '--network=none', tag, 'cat', '/a');
}

/** Serves these files as one archive; returns its address. */
async function serveArchive(tree: Tree): Promise<string> {
  const { entries } = await listingFor(requestFor(await folderWith(tree)));
  const archive = await buffer(await packContext(entries, []));
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-tar' }).end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/context.tar`;
}

/** Serves these files as the branch `main` of a repository; returns its address. */
async function serveRepository(tree: Tree): Promise<string> {
  const folder = await folderWith({});
  const source = await folderWith(tree);
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: source });
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('-c', 'user.name=qs', '-c', 'user.email=qs@example.invalid', 'commit', '-qm', 'x');
  await git('clone', '-q', '--bare', source, join(folder, 'repository.git'));
  const port = await freePort();
  const options = ['--reuseaddr', '--export-all', '--listen=127.0.0.1', `--port=${port}`, `--base-path=${folder}`];
  const daemon = spawn('git', ['daemon', ...options, folder], { stdio: 'ignore', detached: true });
  onTestFinished(async () => {
    // The daemon is a child of `git`, so the whole group has to end.
    const ended = once(daemon, 'exit');
    if (daemon.pid !== undefined) process.kill(-daemon.pid);
    await ended;
  });
  await listening(port);
  return `git://127.0.0.1:${port}/repository.git`;
}

async function listening(port: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await pause(50);
  }
  throw new Error('git daemon did not listen within 20 s');
}

describe.each([
  ['BuildKit', '1'],
  ['the classic builder', '0'],
])('a context that the engine fetches, built with %s', (_name, builder) => {
  test('is an archive behind an address', async () => {
    expect(await build(await serveArchive(good), builder)).toBe('fetched');
  });

  test('is a folder of a branch of a repository', async () => {
    const tree = { 'deep/Other': `FROM ${BASE}\nCOPY a /a\n`, 'deep/a': 'from git' };
    const address = await serveRepository(tree);
    expect(await build(`${address}#main:deep`, builder, { dockerfile: 'Other' })).toBe('from git');
  });

  test('is named without its password where the build fails', async () => {
    const address = (await serveArchive({ Dockerfile: `FROM ${BASE}\nRUN exit 3\n` })).replace('//', '//user:secret@');
    const failed = build(address, builder);
    await expect(failed).rejects.toMatchObject({ code: 'BUILD_FAILED', message: containing('exit code 3') });
    await expect(failed).rejects.toMatchObject({ message: expect.not.stringContaining('secret') as unknown });
  });
});
