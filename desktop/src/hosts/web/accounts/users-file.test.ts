import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addUser, listUsers, removeUser, setPassword, setRole } from './manage.ts';
import { isPassword } from './password.ts';
import { changeUsers, readUsers } from './users-file.ts';

const password = 'seven blue herons';
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qs-test-users-'));
  file = join(folder, 'users.json');
});
afterEach(() => rm(folder, { recursive: true }));

const refused = { code: 'FILE_REFUSED', remedy: expect.any(String) as string };

test('somebody is added, listed, changed and removed; the file is for its owner alone and holds no password', async () => {
  await addUser(file, { name: 'vera', role: 'viewer' }, password);
  await addUser(file, { name: 'mina', role: 'admin' }, password);
  expect(await listUsers(file)).toEqual([
    { name: 'mina', role: 'admin' },
    { name: 'vera', role: 'viewer' },
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toContain(password);
  const [vera, mina] = await readUsers(file);
  expect(vera?.password).toMatchObject({ kdf: 'scrypt', N: 131_072, r: 8, p: 1 });
  expect(vera?.password.hash).not.toBe(mina?.password.hash);

  await setRole(file, 'vera', 'operator');
  await setPassword(file, 'vera', 'another seven herons');
  const [changed] = await readUsers(file);
  if (changed === undefined) throw new Error('nobody');
  expect(changed.role).toBe('operator');
  expect(await isPassword('another seven herons', changed.password)).toBe(true);
  expect(await isPassword(password, changed.password)).toBe(false);
  await removeUser(file, 'vera');
  expect(await listUsers(file)).toEqual([{ name: 'mina', role: 'admin' }]);
  expect(await readdir(folder)).toEqual(['users.json']);
});

test('the same letters are the same password, however they were typed', async () => {
  await addUser(file, { name: 'vera', role: 'viewer' }, 'caf\u00e9 au lait, chaud');
  const [vera] = await readUsers(file);
  if (vera === undefined) throw new Error('nobody');
  expect(await isPassword('cafe\u0301 au lait, chaud', vera.password)).toBe(true);
});

test.each([0o640, 0o604, 0o660, 0o602, 0o610])(
  'a file of mode %o is refused, with the way to mend it',
  async (mode) => {
    await addUser(file, { name: 'vera', role: 'viewer' }, password);
    await chmod(file, mode);
    await expect(readUsers(file)).rejects.toMatchObject({
      ...refused,
      remedy: `Keep it to its owner: chmod 600 ${file}`,
    });
    await expect(setRole(file, 'vera', 'admin')).rejects.toMatchObject(refused);
  },
);

test('a link, a folder and a file that is not there are refused', async () => {
  await addUser(file, { name: 'vera', role: 'viewer' }, password);
  await symlink(file, join(folder, 'link.json'));
  await expect(readUsers(join(folder, 'link.json'))).rejects.toMatchObject(refused);
  await expect(readUsers(folder)).rejects.toMatchObject(refused);
  await expect(readUsers(join(folder, 'none.json'))).rejects.toMatchObject(refused);
});

test.each([
  ['no JSON', 'users: vera'],
  ['another version', '{"version":2,"users":[]}'],
  ['an unknown role', '{"version":1,"users":[{"name":"vera","role":"root"}]}'],
  [
    'a cheap hash',
    '{"version":1,"users":[{"name":"v","role":"viewer","password":{"kdf":"scrypt","N":2,"r":8,"p":1}}]}',
  ],
])('%s is refused, and not overwritten by a change', async (_name, text) => {
  await writeFile(file, text, { mode: 0o600 });
  await expect(readUsers(file)).rejects.toMatchObject(refused);
  await expect(addUser(file, { name: 'mina', role: 'admin' }, password)).rejects.toMatchObject(refused);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('two of one name are refused', async () => {
  await addUser(file, { name: 'vera', role: 'viewer' }, password);
  await expect(addUser(file, { name: 'vera', role: 'admin' }, password)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  const doubled = JSON.parse(await readFile(file, 'utf8')) as { users: unknown[] };
  doubled.users.push(doubled.users[0]);
  await writeFile(file, JSON.stringify(doubled));
  await expect(readUsers(file)).rejects.toMatchObject(refused);
});

test.each(['', 'Vera', 'a b', '../vera', 'v'.repeat(65), '-vera'])('"%s" is no user name', async (name) => {
  await expect(addUser(file, { name, role: 'viewer' }, password)).rejects.toMatchObject({ code: 'USAGE' });
});

test('a short password and an unknown user are wrong usage', async () => {
  await expect(addUser(file, { name: 'vera', role: 'viewer' }, 'elevenchars')).rejects.toMatchObject({ code: 'USAGE' });
  await addUser(file, { name: 'vera', role: 'viewer' }, password);
  await expect(removeUser(file, 'olaf')).rejects.toMatchObject({ code: 'USAGE', remedy: 'Users: vera.' });
});

test('of two changes at once none is lost without a word', async () => {
  await changeUsers(file, () => []);
  const names = ['anna', 'bert', 'carl', 'dora'];
  const results = await Promise.allSettled(
    names.map((name) => addUser(file, { name, role: 'viewer' as const }, password)),
  );
  const added = names.filter((_name, index) => results[index]?.status === 'fulfilled');
  expect((await listUsers(file)).map(({ name }) => name)).toEqual(added);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'OPERATION_BUSY' });
  }
});
