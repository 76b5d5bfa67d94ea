import { lstat, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from './path-policy.ts';

let outside = '';
let root = '';
beforeAll(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'qs-paths-')));
  root = join(outside, 'project');
  await mkdir(join(root, 'folder/deep'), { recursive: true });
  await mkdir(join(outside, 'project-beside'));
  for (const file of ['project/.env', 'project/folder/.env', 'project-beside/.env', '.env'])
    await writeFile(join(outside, file), 'A=1\n');
  await symlink('..', join(root, 'up'));
  await symlink('../project-beside', join(root, 'beside'));
  await symlink('/etc', join(root, 'etc'));
  await symlink('folder', join(root, 'inward'));
  await symlink('loop', join(root, 'loop'));
  await symlink('../.env', join(root, 'linked.env'));
});
afterAll(() => rm(outside, { recursive: true, force: true }));

const parts = fc.constantFrom(
  ...['..', '.', '', '%2e%2e', '%2E%2E%2f', '..\\', '\\..', '．．', '‥', '․․', '..\u0000', '…', '~'],
  ...['up', 'beside', 'etc', 'inward', 'loop', 'folder', 'deep', 'project', 'project-beside', 'C:', '\\\\host\\share'],
  ...['.env', 'linked.env', 'passwd', 'new.env'],
);
/** Below the project as a rule; sometimes a path of its own. */
const paths = fc
  .tuple(fc.constantFrom('root', 'root', 'root', 'beside', 'nothing'), fc.array(parts, { minLength: 1, maxLength: 6 }))
  .map(([from, names]) => ({ from, way: names.join('/') }));

const isInside = (path: string): boolean => path === root || path.startsWith(root + sep);

test('no way of writing a path leads a change out of the project folder', { timeout: 120_000 }, async () => {
  let allowed = 0;
  await fc.assert(
    fc.asyncProperty(paths, async ({ from, way }) => {
      const base = from === 'root' ? root : from === 'beside' ? `${root}-beside` : '';
      // Not joined: that would tidy up what is to be tested.
      const path = `${base}/${way}`;
      const refusal = await refusalOf(path, root).catch(() => 'cannot be looked at');
      if (refusal !== undefined) return;
      allowed += 1;
      expect(isInside(join(await realpath(dirname(path)), basename(path)))).toBe(true);
      const found = await lstat(path).catch(() => undefined);
      expect(found?.isSymbolicLink() ?? false).toBe(false);
    }),
    { numRuns: 3000 },
  );
  expect(allowed).toBeGreaterThan(100);
});
