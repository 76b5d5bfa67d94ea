import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findEnvironments, readImageRules, readJson, readRiskPolicy, stateDirectory, writeJson } from './index.ts';

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quayside-workspace-'));
  folder = join(root, 'My Shop');
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const touch = async (...names: string[]): Promise<void> => {
  for (const name of names) await writeFile(join(folder, name), '');
};
const brief = async (options?: Parameters<typeof findEnvironments>[1]): Promise<unknown[]> =>
  (await findEnvironments(folder, options)).map(({ id, files, fallbackName }) => [
    id,
    files.map((file) => file.replace(`${folder}/`, '')),
    fallbackName,
  ]);

describe('environments', () => {
  test('development and production have names of their own', async () => {
    await touch('docker-compose.dev.yml', 'docker-compose.prod.yml');
    expect(await brief()).toEqual([
      ['development', ['docker-compose.dev.yml'], 'My Shop-dev'],
      ['production', ['docker-compose.prod.yml'], 'My Shop-prod'],
    ]);
  });

  test('the file that docker compose would take, with the override of the same folder', async () => {
    await touch('docker-compose.yml', 'compose.yaml', 'compose.override.yaml', 'docker-compose.override.yml');
    expect(await brief()).toEqual([['default', ['compose.yaml', 'compose.override.yaml'], 'My Shop']]);
  });

  test('COMPOSE_FILE says which', async () => {
    await touch('compose.yaml');
    expect(await brief({ env: { COMPOSE_FILE: 'a.yml:b/c.yml' } })).toEqual([
      ['default', ['a.yml', 'b/c.yml'], 'My Shop'],
    ]);
    expect(await brief({ env: { COMPOSE_FILE: 'a.yml,b.yml', COMPOSE_PATH_SEPARATOR: ',' } })).toEqual([
      ['default', ['a.yml', 'b.yml'], 'My Shop'],
    ]);
  });

  test('quayside.json names them; what it says goes first', async () => {
    await touch('compose.yaml');
    const environments = {
      staging: {
        title: 'Staging',
        files: ['compose.yaml', 'extra.yml'],
        env_files: ['s.env'],
        profiles: ['x'],
        project: 'shop-s',
      },
      local: { files: ['compose.yaml'] },
    };
    await writeFile(join(folder, 'quayside.json'), JSON.stringify({ environments }));
    const [staging, local] = await findEnvironments(folder);
    expect(staging).toEqual({
      id: 'staging',
      title: 'Staging',
      files: [join(folder, 'compose.yaml'), join(folder, 'extra.yml')],
      envFiles: [join(folder, 's.env')],
      profiles: ['x'],
      projectName: 'shop-s',
      fallbackName: 'My Shop-staging',
    });
    expect(local).toMatchObject({ id: 'local', title: 'Local', fallbackName: 'My Shop-local' });
  });

  test('quayside.yml is read by the parser given; mistakes are named', async () => {
    await touch('compose.yaml', 'quayside.yml');
    expect(await brief({ parseYaml: () => ({ environments: { one: { files: ['x.yml'] } } }) })).toEqual([
      ['one', ['x.yml'], 'My Shop'],
    ]);
    expect(await brief({ parseYaml: () => null })).toEqual([['default', ['compose.yaml'], 'My Shop']]);
    const broken = findEnvironments(folder, { parseYaml: () => ({ environments: { one: { file: ['x.yml'] } } }) });
    await expect(broken).rejects.toMatchObject({
      code: 'COMPOSE_INVALID',
      message: expect.stringContaining('environments.one') as unknown,
    });
  });

  test('a quayside file that is too large or no regular file is refused before it is read', async () => {
    await touch('compose.yaml');
    await symlink('/dev/null', join(folder, 'quayside.yml'));
    const refused = (why: string) => ({ code: 'COMPOSE_INVALID', message: `quayside.yml: ${why}` });
    await expect(readRiskPolicy(folder, () => null)).rejects.toMatchObject(refused('it is not a regular file'));
    await rm(join(folder, 'quayside.yml'));
    await writeFile(join(folder, 'quayside.yml'), Buffer.alloc(64 * 1024 + 1, '#'));
    await expect(readImageRules(folder, () => null)).rejects.toMatchObject(refused('it is larger than 64 KiB'));
    await expect(brief({ parseYaml: () => null })).rejects.toMatchObject(refused('it is larger than 64 KiB'));
  });

  test('what a quayside file forbids is read, and a word in it that is not known is a mistake', async () => {
    expect(await readRiskPolicy(folder, () => null)).toBeUndefined();
    await touch('quayside.yml');
    expect(await readRiskPolicy(folder, () => null)).toBeUndefined();
    const risks = { deny: ['host-power'], only: ['host-files'] };
    expect(await readRiskPolicy(folder, () => ({ policy: { risks } }))).toEqual({ ...risks, file: 'quayside.yml' });
    for (const content of [{ polices: {} }, { policy: { risk: risks } }, { policy: { risks: { allow: ['x'] } } }]) {
      await expect(
        readRiskPolicy(folder, () => content),
        JSON.stringify(content),
      ).rejects.toMatchObject({
        code: 'COMPOSE_INVALID',
      });
    }
  });

  test('what a quayside file asks of images is read, and who is meant has to be said in full', async () => {
    expect(await readImageRules(folder, () => null)).toEqual({ rules: [] });
    await touch('quayside.yml');
    const workflow = 'acme/shop/.github/workflows/ci.yml';
    const rule = { match: 'ghcr.io/acme/*', verify: 'require' };
    expect(await readImageRules(folder, () => ({ policy: { images: [{ ...rule, workflow }] } }))).toEqual({
      rules: [{ ...rule, signer: { workflow, refs: ['refs/heads/main'] } }],
    });
    for (const wrong of [
      { workflow: 'ci.yml' },
      { workflow, refs: ['main'] },
      { workflow, refs: ['refs/*/x'] },
      { verify: 'yes' },
    ]) {
      await expect(
        readImageRules(folder, () => ({ policy: { images: [{ ...rule, ...wrong }] } })),
        JSON.stringify(wrong),
      ).rejects.toMatchObject({ code: 'COMPOSE_INVALID' });
    }
    await expect(readImageRules(folder, () => ({ policy: { trusted_root: 'none.json' } }))).rejects.toThrow(
      'none.json',
    );
  });

  test('an empty folder and one that is not there', async () => {
    await expect(findEnvironments(folder)).rejects.toMatchObject({
      code: 'PROJECT_NOT_FOUND',
      remedy: expect.stringContaining('compose.yaml') as unknown,
    });
    await expect(findEnvironments(join(folder, 'nope'))).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });
});

describe('state', () => {
  test('the folder is closed to others, also where it was open', async () => {
    const place = join(root, 'deep', 'state');
    expect(await stateDirectory(place)).toBe(place);
    await chmod(place, 0o755);
    await stateDirectory(place);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
  });

  test('what is written is read again; what is broken is kept aside', async () => {
    const file = join(root, 'state.json');
    const schema = z.object({ version: z.literal(1), names: z.array(z.string()) });
    expect(await readJson(file, schema)).toEqual({ kind: 'absent' });
    await writeJson(file, { version: 1, names: ['a'] });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readJson(file, schema)).toEqual({ kind: 'read', value: { version: 1, names: ['a'] } });
    for (const text of ['', '{"version":1,"na', '{"version":2,"names":[]}']) {
      await writeFile(file, text);
      const outcome = await readJson(file, schema);
      if (outcome.kind !== 'corrupt') throw new Error('has to be recognised');
      expect(await readFile(outcome.keptAs, 'utf8')).toBe(text);
      expect(await readdir(root)).not.toContain('state.json');
    }
  });
});
