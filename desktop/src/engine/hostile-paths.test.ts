import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EnvChange, type EnvFile, QuaysideError } from '#contract/index.ts';
import { fuzz, fuzzTimeout } from '#testing/fuzz.ts';
import { hostileNames, hostilePaths } from '#testing/hostile-paths.ts';
import { traceModel } from './compose/index.ts';
import { type Configuration, createConfiguration } from './configuration/index.ts';
import { knownSecrets } from './known-secrets.ts';

const own = ['up', 'beside', 'loop', 'inward', 'linked.env', 'zero.env', 'folder', 'compose.yaml'];
const paths = hostilePaths(...own);
const outer = 'OUTSIDE=1\n';

let around = '';
let root = '';
let state = '';
beforeAll(async () => {
  around = await realpath(await mkdtemp(join(tmpdir(), 'qs-hostile-')));
  [root, state] = [join(around, 'project'), join(around, 'state')];
  for (const folder of ['project/folder/deep', 'state', 'beside'])
    await mkdir(join(around, folder), { recursive: true });
  for (const file of ['.env', 'beside/.env', 'new.env']) await writeFile(join(around, file), outer);
  for (const [to, name] of Object.entries({ '..': 'up', '../beside': 'beside', loop: 'loop', folder: 'inward' }))
    await symlink(to, join(root, name));
  await symlink('../.env', join(root, 'linked.env'));
  await symlink('/dev/zero', join(root, 'zero.env'));
});
afterAll(() => rm(around, { recursive: true, force: true }));

const use = (name: string, path: string): string => {
  const text = JSON.stringify(path);
  const service = (rest: string) => `services:\n  web:\n    image: web\n${rest}`;
  switch (name) {
    case 'env_file':
      return service(`    env_file: [${text}]\n`);
    case 'optional env_file':
      return service(`    env_file: [{ path: ${text}, required: false }]\n`);
    case 'label_file':
      return service(`    label_file: [${text}]\n`);
    case 'extends':
      return service(`    extends: { file: ${text}, service: web }\n`);
    case 'include':
      return `include: [{ path: ${text}, env_file: ${text} }]\n${service('')}`;
    case 'build':
      return service(`    build: { context: ${text}, dockerfile: ${text} }\n`);
    default:
      return `${service(`    volumes: [{ type: bind, source: ${text}, target: /x }]\n`)}secrets: { s: { file: ${text} } }\n`;
  }
};
const uses = ['env_file', 'optional env_file', 'label_file', 'extends', 'include', 'build', 'mounts'] as const;

/** Whether an error says what is wrong and what to do, in words of its own. */
function expectClear(error: unknown): void {
  expect(error).toBeInstanceOf(QuaysideError);
  const { code, message, remedy = '' } = error as QuaysideError;
  expect(code).not.toBe('INTERNAL');
  expect(remedy).not.toBe('');
  expect(`${message} ${remedy}`).not.toMatch(/\bE[A-Z]{4,}\b|ERR_|The argument|Received/);
}

const configurationOf = (envFiles: readonly string[]): Configuration =>
  createConfiguration({
    request: () => Promise.resolve({ directory: root, files: ['compose.yaml'], envFiles, profiles: [], env: {} }),
    saved: () => undefined,
    note: () => Promise.resolve(),
    state: () => Promise.resolve(state),
    profile: () => Promise.resolve('P5'),
  });

test('a file that a project names is read, or refused in words', { timeout: fuzzTimeout }, async () => {
  const property = fc.asyncProperty(fc.constantFrom(...uses), paths, async (name, path) => {
    await writeFile(join(root, 'compose.yaml'), use(name, path));
    const request = { directory: root, files: ['compose.yaml'], envFiles: [], profiles: [], env: {} };
    const { model, error } = await traceModel(request);
    if (model === undefined) expectClear(error);
    const { files, problem } = await configurationOf([]).variables('default');
    expect(problem?.code).not.toBe('INTERNAL');
    for (const { refused = '' } of files) expect(refused).not.toMatch(/E[A-Z]{4,}|ERR_/);
    const nobody = () => Promise.reject(new Error('no engine here'));
    const { unread } = await knownSecrets({ env: {}, model, request, gateway: nobody });
    expect(unread.filter((text) => /ERR_|E[A-Z]{4,}:/.test(text))).toEqual([]);
  });
  await fuzz('files that projects name', property, 200);
});

test('an env file is saved and restored within the project folder, or refused in words', {
  timeout: fuzzTimeout,
}, async () => {
  await writeFile(join(root, 'compose.yaml'), use('build', '.'));
  let saved = 0;
  // Most paths lead to no folder that is there; a name in one that is there is the way on.
  const near = fc.tuple(fc.constantFrom('', 'folder/', 'inward/'), hostileNames(...own)).map((parts) => parts.join(''));
  const property = fc.asyncProperty(fc.oneof(near, near, paths), hostileNames(), async (path, backup) => {
    await writeFile(join(root, 'compose.yaml'), use('build', '.'));
    const configuration = configurationOf([path]);
    const { files } = await configuration.variables('default');
    const [file] = files.filter(({ role }) => role === 'project');
    if (file === undefined) return;
    if (await saveAndRestore(configuration, file, backup)) saved += 1;
    for (const name of ['.env', 'beside/.env', 'new.env'])
      expect(await readFile(join(around, name), 'utf8')).toBe(outer);
    expect((await readdir(around)).toSorted()).toEqual(['.env', 'beside', 'new.env', 'project', 'state']);
  });
  await fuzz('env files that are saved', property, 120);
  expect(saved).toBeGreaterThan(5);
});

/** True where the file was saved; one that there was not before may be needed from then on, so that it is not taken away. */
async function saveAndRestore(
  configuration: Configuration,
  { file, revision }: EnvFile,
  backup: string,
): Promise<boolean> {
  const order = { environment: 'default', file, revision };
  const change = { kind: 'edit' as const, set: { A: '2' }, unset: [] } satisfies EnvChange;
  const restore = (id: string, now: string) =>
    configuration.save({ ...order, revision: now, change: { kind: 'restore', backup: id } });
  try {
    await configuration.draft({ ...order, change });
    const saved = await configuration.save({ ...order, change });
    await restore(backup, saved.revision).then(() => expect.unreachable(), expectClear);
    await restore(saved.backup ?? '', saved.revision).catch(expectClear);
    return true;
  } catch (error) {
    expectClear(error);
    return false;
  }
}

test.each([200, 250, 255])('a file whose name has %d bytes, which is allowed, is saved', async (length) => {
  await writeFile(join(root, 'compose.yaml'), use('build', '.'));
  const name = 'm'.repeat(length);
  const configuration = configurationOf([name]);
  const change = { kind: 'edit' as const, set: { A: '2' }, unset: [] } satisfies EnvChange;
  await configuration.save({ environment: 'default', file: name, revision: 'absent', change });
  expect(await readFile(join(root, name), 'utf8')).toContain('A=2');
  expect((await readdir(root)).filter((one) => one.includes('quayside-'))).toEqual([]);
  await rm(join(root, name));
});

test('what is refused says why', async () => {
  const refusedOf = async (path: string) => (await configurationOf([path]).variables('default')).files[0]?.refused;
  expect(await refusedOf('a\u0000b')).toBe('no file can have this name');
  expect(await refusedOf('n'.repeat(256))).toBe('its name is too long');
  expect(await refusedOf('zero.env')).toContain('symbolic link');
  expect(await refusedOf('/dev/zero')).toBe('it lies outside of the project folder');
  await writeFile(join(root, 'compose.yaml'), use('env_file', 'a\u0000b'));
  const { error } = await traceModel({ directory: root, files: ['compose.yaml'], envFiles: [], profiles: [], env: {} });
  expect((error as QuaysideError).message).toMatch(/named by env_file, cannot be read: no file can have this name$/);
});
