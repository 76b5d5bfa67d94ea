import { execFile } from 'node:child_process';
import { rename, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../fixtures/folder.ts';
import { containing } from '../fixtures/like.ts';
import { listingFor, requestFor } from '../fixtures/request.ts';
import { packContext } from './pack.ts';
import { prepareBuild } from './prepare.ts';

const listed = (folder: string, more = {}) => listingFor(requestFor(folder, more));

async function packed(folder: string): Promise<Buffer> {
  const archive = await packContext((await listed(folder)).entries, []);
  return buffer(archive);
}

describe('the context', () => {
  test('is the same archive every time and one that tar reads', async () => {
    const folder = await folderWith({
      Dockerfile: 'FROM scratch',
      'b/c': 'x'.repeat(700_000),
      a: '',
      'b/l': { link: 'c' },
    });
    const archive = await packed(folder);
    expect(await packed(folder)).toEqual(archive);
    const file = join(await folderWith({}), 'a.tar');
    await writeFile(file, archive);
    const { stdout } = await promisify(execFile)('tar', ['-tvf', file, '--numeric-owner']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/));
    expect(lines.map((words) => words.slice(5).join(' '))).toEqual(['Dockerfile', 'a', 'b', 'b/c', 'b/l -> c']);
    expect(new Set(lines.map((words) => words[1]))).toEqual(new Set(['0/0']));
  });

  test('leaves out pipes and sockets and says so', async () => {
    const folder = await folderWith({ Dockerfile: 'FROM scratch' });
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    const server = createServer().listen(join(folder, 'sock'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { entries, warnings } = await listed(folder);
    expect(entries.map(({ path }) => path)).toEqual(['Dockerfile']);
    expect(warnings).toEqual([containing('pipe'), containing('sock')]);
  });

  test('may itself be a link, but a Dockerfile that leads out of it is refused', async () => {
    const root = await folderWith({
      'real/Dockerfile': 'FROM scratch',
      secret: 'FROM x',
      'escape/Dockerfile': { link: '../secret' },
    });
    await symlink(join(root, 'real'), join(root, 'link'));
    expect((await listed(join(root, 'link'))).files).toBe(1);
    await expect(listed(join(root, 'escape'))).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing('leads out'),
    });
    await expect(listed(join(root, 'escape'), { dockerfile: '../secret' })).resolves.toMatchObject({ files: 0 });
  });

  test('a folder that is out comes along, once, with what a rule brings back from it', async () => {
    const inner = await folderWith({
      Dockerfile: 'FROM scratch',
      'out/sub/keep': '',
      'out/sub/drop': '',
      'out/sub2/keep': '',
      'also/x': '',
    });
    await writeFile(join(inner, '.dockerignore'), 'out\nalso\n!out/*/keep\n');
    expect((await listed(inner)).entries.map(({ path }) => path)).toEqual([
      '.dockerignore',
      'Dockerfile',
      'out',
      'out/sub',
      'out/sub/keep',
      'out/sub2',
      'out/sub2/keep',
    ]);
  });

  test('rules beside the Dockerfile are preferred', async () => {
    const folder = await folderWith({
      'b/D': 'FROM scratch',
      'b/D.dockerignore': 'x\n',
      '.dockerignore': 'y\n',
      x: '',
      y: '',
    });
    const paths = (await listed(folder, { dockerfile: 'b/D' })).entries.map(({ path }) => path);
    expect(paths).toContain('y');
    expect(paths).not.toContain('x');
  });

  test('that is too large is refused with the names of the biggest folders', async () => {
    const folder = await folderWith({ Dockerfile: 'FROM scratch', 'big/a': 'x'.repeat(5000), 'small/a': 'x' });
    const request = requestFor(folder);
    const many = prepareBuild(request, { entries: 3, bytes: 1e9 });
    await expect(many).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing('big (1 files'),
    });
    const heavy = prepareBuild(request, { entries: 100, bytes: 4000 });
    await expect(heavy).rejects.toMatchObject({ remedy: containing('.dockerignore') });
  });

  test('a pattern that is not valid is named', async () => {
    const folder = await folderWith({ Dockerfile: 'FROM scratch', '.dockerignore': 'ok\nbad[\n' });
    await expect(listed(folder)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: containing('bad['),
    });
  });
});

describe('a file that is no longer what was listed', () => {
  const large = 'x'.repeat(700_000);
  test.each<[string, (file: string) => Promise<void>]>([
    ['longer', (file) => writeFile(file, `${large}y`)],
    ['shorter', (file) => writeFile(file, 'y')],
    ['gone', (file) => rename(file, `${file}.old`)],
    [
      'a link',
      async (file) => {
        await rename(file, `${file}.old`);
        await symlink(`${file}.old`, file);
      },
    ],
  ])('stops the archive: %s', async (_name, change) => {
    for (const content of [large, 'small']) {
      const folder = await folderWith({ Dockerfile: 'FROM scratch', f: content });
      const listing = await listed(folder);
      await change(join(folder, 'f'));
      const archive = await packContext(listing.entries, []);
      const read = archive.toArray();
      await expect(read).rejects.toMatchObject({ code: 'BUILD_FAILED', message: containing('f changed') });
    }
  });
});
