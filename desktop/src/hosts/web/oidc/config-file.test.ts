import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientSecret, writeOidcFile } from '#testing/fake-oidc-provider.ts';
import { readOidcConfig } from './config-file.ts';

const issuer = 'https://provider.example/realms/shop';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-oidc-file-'));
  file = join(folder, 'oidc.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what it says, and what holds where it says nothing', async () => {
  writeOidcFile(file, issuer);
  expect(await readOidcConfig(file)).toEqual({
    name: 'Example',
    issuer,
    clientId: 'quayside-panel',
    clientSecret,
    scopes: ['openid', 'profile'],
    claim: ['groups'],
    mapping: new Map([
      ['board', 'viewer'],
      ['ops', 'operator'],
      ['platform', 'admin'],
    ]),
    userNameClaim: 'preferred_username',
  });
});

test('a claim may lie in others, and its name may have dots', async () => {
  writeOidcFile(file, issuer, { claim: ['realm_access', 'roles'] });
  expect((await readOidcConfig(file)).claim).toEqual(['realm_access', 'roles']);
  writeOidcFile(file, issuer, { claim: 'https://shop.example/roles' });
  expect((await readOidcConfig(file)).claim).toEqual(['https://shop.example/roles']);
});

test('the secret may stand in a file of its own, named from the folder of the first', async () => {
  writeOidcFile(file, issuer, { client_secret: undefined, client_secret_file: 'secret' });
  await expect(readOidcConfig(file)).rejects.toThrow('There is no client secret file');
  writeFileSync(join(folder, 'secret'), ' from a file\n', { mode: 0o600 });
  expect((await readOidcConfig(file)).clientSecret).toBe('from a file');
  chmodSync(join(folder, 'secret'), 0o640);
  await expect(readOidcConfig(file)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  chmodSync(join(folder, 'secret'), 0o600);
  writeFileSync(join(folder, 'secret'), '\n');
  await expect(readOidcConfig(file)).rejects.toThrow('is empty');
});

test.each([0o644, 0o640, 0o604, 0o620, 0o660])('with mode %o it is refused', async (mode) => {
  writeOidcFile(file, issuer);
  chmodSync(file, mode);
  await expect(readOidcConfig(file)).rejects.toMatchObject({
    code: 'FILE_REFUSED',
    remedy: `Keep it to its owner: chmod 600 ${file}`,
  });
});

test('a link to one, and a folder, are refused', async () => {
  writeOidcFile(file, issuer);
  symlinkSync(file, join(folder, 'link'));
  await expect(readOidcConfig(join(folder, 'link'))).rejects.toThrow('symbolic link');
  await expect(readOidcConfig(folder)).rejects.toThrow('is no file');
  await expect(readOidcConfig(join(folder, 'none'))).rejects.toThrow('There is no OIDC file');
});

test.each<[string, Record<string, unknown>, string]>([
  ['plain HTTP', { issuer: 'http://provider.example' }, 'issuer'],
  ['a user in the issuer', { issuer: 'https://a:b@provider.example' }, 'issuer'],
  ['a query in the issuer', { issuer: 'https://provider.example?a' }, 'issuer'],
  ['a fragment in the issuer', { issuer: 'https://provider.example#a' }, 'issuer'],
  ['no address', { issuer: 'provider.example' }, 'issuer'],
  ['no client', { client_id: '' }, 'client_id'],
  ['two secrets', { client_secret_file: 'secret' }, 'client_secret'],
  ['no secret', { client_secret: undefined }, 'client_secret'],
  ['scopes without openid', { scopes: ['profile'] }, 'openid'],
  ['a scope with a blank', { scopes: ['openid', 'a b'] }, 'scopes.1'],
  ['no claim', { claim: undefined }, 'claim'],
  ['an empty claim', { claim: [] }, 'claim'],
  ['a role that there is not', { mapping: { ops: 'owner' } }, 'mapping'],
  ['a mapping of nobody', { mapping: {} }, 'lets nobody in'],
  ['a name with brackets', { name: 'Example) (x' }, 'name'],
  ['another version', { version: 2 }, 'version'],
  ['a word that it does not know', { redirect_uri: 'https://x.example' }, 'redirect_uri'],
])('with %s it is refused, with the place and without the secret', async (_name, over, words) => {
  writeOidcFile(file, issuer, over);
  const error = await readOidcConfig(file).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'FILE_REFUSED', message: expect.stringContaining(words) as string });
  expect(String(error)).not.toContain(clientSecret);
});

test('text that is no JSON is refused', async () => {
  writeFileSync(file, '{', { mode: 0o600 });
  await expect(readOidcConfig(file)).rejects.toThrow('it is not JSON');
});
