import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const service = 'name: p\nservices:\n  a:\n    image: x\n';

/** What a project names, and how it is refused where that is a pipe into which nobody writes. */
const named = {
  env_file: [`${service}    env_file: pipe\n`, 'PROJECT_NOT_FOUND .*the file pipe, named by env_file, cannot be read'],
  'optional env_file': [
    `${service}    env_file: [{ path: pipe, required: false }]\n`,
    'PROJECT_NOT_FOUND .*the file pipe, named by env_file, cannot be read',
  ],
  label_file: [`${service}    label_file: pipe\n`, 'PROJECT_NOT_FOUND .*the file pipe, named by label_file'],
  extends: [
    `${service}    extends: { file: pipe, service: b }\n`,
    'COMPOSE_INVALID .*the compose file pipe cannot be read',
  ],
  include: [`include: [pipe]\n${service}`, 'COMPOSE_INVALID .*the compose file pipe cannot be read'],
  'include with env_file': [
    `include: [{ path: small.yml, env_file: pipe }]\n${service}`,
    'PROJECT_NOT_FOUND .*the env file pipe of this include cannot be read',
  ],
} as const;

/** In a process of its own: waiting for a pipe would keep this one from ending. */
const script = `
const { loadModel } = await import('#engine/compose/index.ts');
const { readSeccomp } = await import('#engine/stack/run/seccomp.ts');
const { prepareBuild } = await import('#engine/docker/build/context/prepare.ts');
const [directory, what, name] = process.argv.slice(-3);
const load = (files, envFiles = []) => loadModel({ directory, files, envFiles, profiles: [], env: {} });
const work = {
  file: () => load([name]),
  environment: () => load(['small.yml'], [name]),
  seccomp: () => readSeccomp({ name: 'a', security_opt: ['seccomp:' + name] }, directory),
  build: () => prepareBuild({ context: directory, dockerfile: name, args: {}, secrets: [] }),
};
console.log(await work[what]().then(() => 'read', (error) => error.code + ' ' + error.message));
`;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-pipe-'));
  await run('mkfifo', [join(directory, 'pipe')]);
  await writeFile(join(directory, 'small.yml'), service);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function said(what: string, name: string, folder = directory): Promise<string> {
  const cwd = join(import.meta.dirname, '../..');
  const args = ['--input-type=module', '-e', script, folder, what, name];
  return (await run(process.execPath, args, { cwd, timeout: 15_000, killSignal: 'SIGKILL' })).stdout.trim();
}

const onlyHere = { skip: process.platform === 'win32', timeout: 60_000 };
const why = /: it is a pipe, a socket or a device$/;

test.for(Object.entries(named))('a pipe as %s is refused at once', onlyHere, async ([name, [text, refusal]]) => {
  const file = `${name.replaceAll(' ', '-')}.yml`;
  await writeFile(join(directory, file), text);
  const told = await said('file', file);
  expect(told).toMatch(new RegExp(`^${refusal}`));
  expect(told).toMatch(why);
});

test('a pipe as compose file, named env file or seccomp profile is refused at once', onlyHere, async () => {
  expect(await said('file', 'pipe')).toMatch(/^COMPOSE_INVALID the compose file pipe cannot be read: it is a pipe/);
  expect(await said('environment', 'pipe')).toMatch(
    /^PROJECT_NOT_FOUND the env file .*pipe cannot be read: it is a pipe/,
  );
  expect(await said('seccomp', 'pipe')).toMatch(/^COMPOSE_INVALID The seccomp profile .* it is a pipe/);
});

test(
  'a pipe as .env is refused at once, a folder is as good as nothing, the null device is empty',
  onlyHere,
  async () => {
    const folder = await mkdtemp(join(directory, 'own-'));
    await writeFile(join(folder, 'small.yml'), service);
    await symlink('../pipe', join(folder, '.env'));
    expect(await said('file', 'small.yml', folder)).toMatch(
      /^PROJECT_NOT_FOUND the env file .*\.env cannot be read: it is/,
    );
    await rm(join(folder, '.env'));
    await symlink('.', join(folder, '.env'));
    expect(await said('file', 'small.yml', folder)).toBe('read');
    expect(await said('environment', '/dev/null')).toBe('read');
    expect(await said('environment', '/dev/zero')).toMatch(why);
  },
);

test('a pipe as Dockerfile holds up neither the look at the files nor the build', onlyHere, async () => {
  await writeFile(
    join(directory, 'build.yml'),
    'name: p\nservices: { a: { build: { context: ., dockerfile: pipe } } }\n',
  );
  expect(await said('file', 'build.yml')).toBe('read');
  expect(await said('build', 'pipe')).toBe('BUILD_FAILED pipe is a pipe, a socket or a device, not a Dockerfile.');
  const folder = await mkdtemp(join(directory, 'ignore-'));
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
  await symlink('../pipe', join(folder, '.dockerignore'));
  expect(await said('build', 'Dockerfile', folder)).toBe('BUILD_FAILED .dockerignore cannot be read.');
});
