import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const quayside = fileURLToPath(new URL('../../../bin/quayside.mjs', import.meta.url));
const service =
  '{ image: "node:24-bookworm-slim", volumes: ["./data:/data"], environment: { WHERE: "${WHERE}", ONLY: "${ONLY-}" } }';
const services = (name: string): string => `services: { ${name}: ${service} }\n`;

let root: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'quayside-discovery-')));
  const files = {
    'app/compose.yaml': services('app'),
    'app/more.yaml': services('more'),
    'app/.env': 'WHERE=app',
    'app/deep/er/notes.txt': '',
    'app/deploy/stack.yaml': services('stack'),
    'app/deploy/.env': 'WHERE=deploy\nONLY=deploy',
    'app/other.env': 'WHERE=other',
    'named/compose.yaml': services('plain'),
    'named/one.yaml': services('one'),
    'named/two.yaml': services('two'),
    'named/.env': 'WHERE=named\nCOMPOSE_FILE=one.yaml;two.yaml\nCOMPOSE_PATH_SEPARATOR=;',
    'away/.env': 'WHERE=away\nCOMPOSE_FILE=../app/deploy/stack.yaml',
    'away/compose.yaml': services('away'),
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
});

afterAll(() => rm(root, { recursive: true }));

async function modelOf(command: string, args: readonly string[], folder: string, env: object): Promise<unknown> {
  const { stdout } = await promisify(execFile)(command, [...args, 'config', '--format', 'json'], {
    cwd: join(root, folder),
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

describe('which files are taken, and from which folder they are seen, is what docker compose does', () => {
  test.each<[string, string, string[], Record<string, string>]>([
    ['the files of this folder', 'app', [], {}],
    ['those of a folder above', 'app/deep/er', [], {}],
    ['an env file named in a folder below', 'app/deep/er', ['--env-file', '../../other.env'], {}],
    ['a file below', 'app', ['-f', 'deploy/stack.yaml'], {}],
    ['a file elsewhere, and one beside it', 'named', ['-f', '../app/deploy/stack.yaml', '-f', 'one.yaml'], {}],
    ['a file above', 'app/deep/er', ['-f', '../../more.yaml'], {}],
    ['an env file for a file elsewhere', 'named', ['-f', '../app/more.yaml', '--env-file', '../app/other.env'], {}],
    ['files that a variable names', 'app', [], { COMPOSE_FILE: 'deploy/stack.yaml:more.yaml' }],
    ['files that the env file names', 'named', [], {}],
    ['files elsewhere that the env file names', 'away', [], {}],
    ['a variable over the env file', 'named', [], { COMPOSE_FILE: 'compose.yaml', COMPOSE_PATH_SEPARATOR: ':' }],
    ['options over the env file', 'named', ['-f', 'two.yaml'], {}],
    ['env files that a variable names', 'app', [], { COMPOSE_ENV_FILES: 'deploy/.env,other.env' }],
    ['files that an env file names which an option names', 'named', ['--env-file', '../away/.env'], {}],
    ['files that an env file names which a variable names', 'named', [], { COMPOSE_ENV_FILES: '../away/.env' }],
    ['no env file', 'named', [], { COMPOSE_DISABLE_ENV_FILE: 'true' }],
  ])('%s', async (_what, folder, args, env) => {
    const ours = await modelOf(process.execPath, ['--', quayside, ...args], folder, env);
    expect(ours).toEqual(await modelOf('docker', ['compose', ...args], folder, env));
  });

  test('a file that was named and is not there is an error, whatever is asked', async () => {
    const ended = promisify(execFile)(process.execPath, ['--', quayside, '-f', join(root, 'nope.yaml'), 'ps']);
    await expect(ended).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('nope.yaml') as string });
  });
});
