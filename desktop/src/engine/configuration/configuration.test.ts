import { spawnSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EnvChange } from '#contract/index.ts';
import { type Configuration, createConfiguration } from './index.ts';

let directory: string;
let state: string;
let notes: string[];
let saved: number;
let outer: Record<string, string>;
let configuration: Configuration;

const compose = `services:
  web:
    image: shop:\${VERSION:-dev}
    environment:
      PORT: \${PORT}
      API_KEY:
      HOST_NAME: \${HOST_NAME:-local}
    env_file:
      - path: .env.more
        required: false
`;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-configuration-'));
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  notes = [];
  saved = 0;
  outer = {};
  await write('compose.yaml', compose);
  configuration = createConfiguration({
    request: () => Promise.resolve({ directory, files: ['compose.yaml'], envFiles: [], profiles: [], env: outer }),
    saved: () => (saved += 1),
    note: (kind, _environment, summary) => Promise.resolve(void notes.push(`${kind}: ${summary}`)),
    state: () => Promise.resolve(state),
    profile: () => Promise.resolve('P5'),
  });
});

afterEach(async () => {
  await rm(directory, { recursive: true });
  await rm(state, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(directory, name), text);
const read = (name: string) => readFile(join(directory, name), 'utf8');
const variable = async (name: string) =>
  (await configuration.variables('default')).variables.find((one) => one.name === name);

async function revision(file = '.env'): Promise<string> {
  const { files } = await configuration.variables('default');
  return files.find((one) => one.file === file)?.revision ?? '';
}

async function request(change: EnvChange, file = '.env') {
  return { environment: 'default', file, change, revision: await revision(file) };
}

const save = async (change: EnvChange, file?: string) => configuration.save(await request(change, file));

test('each variable tells its value, where it comes from and where it is used', async () => {
  await write(
    '.env',
    '# Which version.\nVERSION=1.4\nAPI_KEY=canary-secret\nOLD=1\nHOST_NAME=${VERSION}.local\nPORT=1\n',
  );
  await write('.env.more', 'PORT=2\nMORE=x\n');
  outer = { PORT: '9' };
  expect(await variable('VERSION')).toMatchObject({
    value: '1.4',
    source: { kind: 'file', file: '.env', line: 2 },
    default: 'dev',
    description: 'Which version.',
    uses: [
      { file: 'compose.yaml', line: 3, how: 'default', service: 'web', setting: 'image' },
      { file: '.env', line: 5, how: 'file' },
    ],
  });
  expect(await variable('API_KEY')).toMatchObject({
    value: '********',
    masked: true,
    uses: [{ file: 'compose.yaml', line: 6, how: 'passed', service: 'web' }],
  });
  expect(await variable('PORT')).toMatchObject({
    value: '9',
    source: { kind: 'process', over: { file: '.env', line: 6 } },
    also: [{ file: '.env.more', line: 1 }],
  });
  expect(await variable('OLD')).toMatchObject({ unused: true });
  expect(await variable('MORE')).toMatchObject({ unused: false, uses: [{ how: 'handed', service: 'web', line: 9 }] });
  expect(await variable('HOST_NAME')).toMatchObject({ value: '1.4.local', composed: true, unused: false });
  expect(JSON.stringify(await configuration.variables('default'))).not.toContain('canary');
});

test('what is required and not set is missing, also where the files cannot be put together', async () => {
  await write('compose.yaml', `${compose}  db:\n    image: db:\${DB_TAG:?name the version of the database}\n`);
  expect(await variable('DB_TAG')).toMatchObject({
    required: true,
    missing: true,
    message: 'name the version of the database',
    source: { kind: 'none' },
  });
  expect(await variable('VERSION')).toMatchObject({
    value: 'dev',
    source: { kind: 'default', line: 3 },
    missing: false,
  });
  expect(await variable('PORT')).toMatchObject({ required: false, missing: true });
  await write('compose.yaml', 'services:\n  web:\n    image: ${X:-1}\n    nonsense: 1\n');
  expect(await configuration.variables('default')).toMatchObject({
    problem: { code: 'COMPOSE_INVALID' },
    variables: [{ name: 'X', value: '1' }],
  });
});

test('a value is told only when asked for, and that is written down without it', async () => {
  await write('.env', 'API_KEY=canary-secret\n');
  expect(await configuration.reveal('default', 'API_KEY')).toEqual({ value: 'canary-secret' });
  expect(await configuration.text('default', '.env', false)).toMatchObject({ text: 'API_KEY=********\n', masked: 1 });
  expect((await configuration.text('default', '.env', true)).text).toBe('API_KEY=canary-secret\n');
  expect(notes).toEqual(['reveal: The value of API_KEY', 'reveal: The file .env']);
  await expect(configuration.reveal('default', 'NOPE')).rejects.toMatchObject({ code: 'USAGE' });
});

test('a draft says what it would do and saves nothing', async () => {
  await write('.env', 'VERSION=1\nAPI_KEY=canary-one\n');
  const draft = await configuration.draft(
    await request({ kind: 'edit', set: { VERSION: '2', API_KEY: 'canary-two' } }),
  );
  expect(draft).toMatchObject({
    conflict: false,
    problems: [],
    services: ['web'],
    changes: [
      { name: 'VERSION', kind: 'changed', from: '1', to: '2' },
      { name: 'API_KEY', kind: 'changed', from: '********', to: '********' },
    ],
  });
  expect(JSON.stringify(draft)).not.toContain('canary');
  expect(await read('.env')).toBe('VERSION=1\nAPI_KEY=canary-one\n');
  expect(notes).toEqual([]);
});

test('a save keeps mode and neighbours, writes down names only, and can be undone ten times', async () => {
  await write('.env', '# c\nVERSION=0\nAPI_KEY=canary\n');
  await chmod(join(directory, '.env'), 0o640);
  for (let round = 1; round <= 12; round++) await save({ kind: 'edit', set: { VERSION: String(round) } });
  expect(await read('.env')).toBe('# c\nVERSION=12\nAPI_KEY=canary\n');
  expect((await stat(join(directory, '.env'))).mode & 0o777).toBe(0o640);
  expect(notes[0]).toBe('configure: .env: VERSION changed');
  expect(saved).toBe(12);
  const backups = await configuration.backups('default', '.env');
  expect(backups).toHaveLength(10);
  expect(backups[0]).toMatchObject({ names: ['VERSION'] });
  await save({ kind: 'restore', backup: backups[0]?.id ?? '' });
  expect(await read('.env')).toBe('# c\nVERSION=11\nAPI_KEY=canary\n');
  await expect(save({ kind: 'restore', backup: '../x' })).rejects.toMatchObject({ code: 'USAGE' });
  const kept = await readdir(join(state, 'env-backups'), { recursive: true, withFileTypes: true });
  for (const entry of kept.filter((one) => one.isFile())) {
    expect((await stat(join(entry.parentPath, entry.name))).mode & 0o077).toBe(0);
  }
  expect(kept.filter(({ name }) => name.endsWith('.lock'))).toEqual([]);
});

test('a file that was not there before is removed again, and can be brought back', async () => {
  await write('compose.yaml', `include: [part.yaml]\n${compose}`);
  await write('part.yaml', 'services:\n  db:\n    image: db:${VERSION:-dev}\n');
  await save({ kind: 'edit', set: { VERSION: '1' } });
  const backup = async () => (await configuration.backups('default', '.env'))[0]?.id ?? '';
  const toNothing: EnvChange = { kind: 'restore', backup: await backup() };
  expect(await configuration.draft(await request(toNothing))).toMatchObject({
    problems: [],
    notes: ['.env is removed: there was none before.'],
    changes: [{ name: 'VERSION', kind: 'removed' }],
    services: ['db', 'web'],
  });
  await save(toNothing);
  expect(await readdir(directory)).toEqual(['compose.yaml', 'part.yaml']);
  expect(await revision()).toBe('absent');
  expect(notes.at(-1)).toBe('configure: .env: the file removed; VERSION removed');
  await save({ kind: 'restore', backup: await backup() });
  expect(await read('.env')).toBe('VERSION=1\n');
});

test('a file that a service cannot do without is not removed, nor is one that was changed meanwhile', async () => {
  await write('compose.yaml', compose.replace('required: false', 'required: true'));
  await save({ kind: 'text', text: 'A=1\n' }, '.env.more');
  const backups = await configuration.backups('default', '.env.more');
  const toNothing: EnvChange = { kind: 'restore', backup: backups[0]?.id ?? '' };
  await expect(save(toNothing, '.env.more')).rejects.toMatchObject({
    code: 'COMPOSE_INVALID',
    message: expect.stringContaining('.env.more, named by env_file, cannot be read: it does not exist') as string,
  });
  await write('compose.yaml', compose);
  const old = await request(toNothing, '.env.more');
  await write('.env.more', 'A=2\n');
  await expect(configuration.save(old)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  expect(await read('.env.more')).toBe('A=2\n');
});

test('the masks of a text stay secrets', async () => {
  await write('.env', 'API_KEY=canary-one # c\n');
  await save({ kind: 'text', text: '# new\nAPI_KEY=******** # c\nPORT=1\n' });
  expect(await read('.env')).toBe('# new\nAPI_KEY=canary-one # c\nPORT=1\n');
});

test('what cannot be read is not saved: its line is told', async () => {
  await write('.env', 'VERSION=1\n');
  const broken = await request({ kind: 'text', text: 'VERSION=1\nX="\n' });
  expect((await configuration.draft(broken)).problems).toMatchObject([
    { line: 2, message: expect.stringContaining('has no end') as string },
  ]);
  await expect(configuration.save(broken)).rejects.toMatchObject({ code: 'COMPOSE_INVALID' });
  const bad = await request({ kind: 'edit', set: { VERSION: '!! no image' } });
  await write('compose.yaml', compose.replace('image: shop:${VERSION:-dev}', 'image: x\n    ports: ["${VERSION}"]'));
  expect((await configuration.draft(bad)).problems[0]?.message).toContain(
    'The compose files could not be read with it',
  );
  await expect(configuration.save(bad)).rejects.toMatchObject({ code: 'COMPOSE_INVALID' });
  expect(await read('.env')).toBe('VERSION=1\n');
});

test('a required variable is not taken out; one that was missing before stands in nobody’s way', async () => {
  await write('compose.yaml', `${compose}    user: \${ONE:?first}\n    hostname: \${TWO:?second}\n`);
  await write('.env', 'ONE=1\n');
  const without = await configuration.draft(await request({ kind: 'edit', unset: ['ONE'] }));
  expect(without.problems).toMatchObject([{ message: 'ONE is required and would not be set: first' }]);
  const other = await configuration.draft(await request({ kind: 'edit', set: { PORT: '1' } }));
  expect(other).toMatchObject({ problems: [], notes: ['TWO is required and is still not set: second'] });
});

test('what somebody else changed in the meantime is not lost', async () => {
  await write('.env', 'VERSION=1\n');
  const mine = await request({ kind: 'edit', set: { VERSION: '2' } });
  await write('.env', 'VERSION=1\nPORT=7\n');
  await expect(configuration.save(mine)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  expect(await read('.env')).toBe('VERSION=1\nPORT=7\n');
  const again = await configuration.draft(mine);
  expect(again).toMatchObject({
    conflict: true,
    diff: [{ kind: 'removed' }, { kind: 'added' }, { kind: 'same', text: 'PORT=7' }],
  });
  await configuration.save({ ...mine, revision: again.revision });
  expect(await read('.env')).toBe('VERSION=2\nPORT=7\n');
});

test('of two who save at once, one is told', async () => {
  await write('.env', 'VERSION=1\n');
  const [one, other] = [
    await request({ kind: 'edit', set: { VERSION: '2' } }),
    await request({ kind: 'edit', set: { VERSION: '3' } }),
  ];
  const ended = await Promise.allSettled([configuration.save(one), configuration.save(other)]);
  expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a new file is made of the example, for its owner only', async () => {
  await write('.env.example', '# Version.\nVERSION=dev\n# Key.\n#API_KEY=\n');
  expect((await configuration.form('default')).fields).toEqual([
    { name: 'VERSION', value: 'dev', description: 'Version.', secret: false, optional: false, required: false },
    { name: 'API_KEY', value: '', description: 'Key.', secret: true, optional: true, required: false },
  ]);
  expect(await variable('API_KEY')).toMatchObject({ description: 'Key.', example: '' });
  await save({ kind: 'create', set: { VERSION: '2', API_KEY: 'k 1' } });
  expect(await read('.env')).toBe("# Version.\nVERSION=2\n# Key.\n#API_KEY=\nAPI_KEY='k 1'\n");
  expect((await stat(join(directory, '.env'))).mode & 0o777).toBe(0o600);
});

test('symbolic links, hard links, folders and files elsewhere are refused', async () => {
  const elsewhere = join(state, 'other.env');
  await writeFile(elsewhere, 'VERSION=1\n');
  await symlink(elsewhere, join(directory, '.env'));
  await mkdir(join(directory, '.env.more'));
  expect((await configuration.variables('default')).files).toMatchObject([
    { file: '.env', refused: expect.stringContaining('symbolic link') as string },
    { file: '.env.more', refused: 'it is not a regular file' },
  ]);
  const change = { kind: 'edit', set: { VERSION: '2' } } as const;
  await expect(save(change)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  await rm(join(directory, '.env'));
  await link(elsewhere, join(directory, '.env'));
  await expect(save(change)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  await rm(join(directory, '.env'));
  await rm(join(directory, '.env.more'), { recursive: true });
  await symlink(state, join(directory, 'inside'));
  await write('compose.yaml', compose.replace('.env.more', 'inside/other.env'));
  await expect(save(change, 'inside/other.env')).rejects.toMatchObject({
    code: 'FILE_REFUSED',
    message: expect.stringContaining('outside') as string,
  });
  await expect(save(change, 'compose.yaml')).rejects.toMatchObject({ code: 'FILE_REFUSED' });
  expect(await readFile(elsewhere, 'utf8')).toBe('VERSION=1\n');
});

/** Saves in a process of its own, with one step of the file system replaced. */
function saveElsewhere(before: string, as?: number) {
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    ${before}
    syncBuiltinESMExports();
    const { replaceFile } = await import(${JSON.stringify(join(import.meta.dirname, 'store/replace-file.ts'))});
    const { revisionOf } = await import(${JSON.stringify(join(import.meta.dirname, 'store/revision.ts'))});
    const path = ${JSON.stringify(join(directory, '.env'))};
    try {
      await replaceFile(path, 'VERSION=2\\n', revisionOf(fs.readFileSync(path)));
    } catch (error) {
      console.log(error.code, error.message);
    }`;
  const user = as === undefined ? {} : { uid: as, gid: as };
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', ...user });
}

test('a crash before the new file has its name leaves the old one, and the next save clears up', async () => {
  await write('.env', 'VERSION=1\n');
  const killed = saveElsewhere(
    `fs.promises.rename = () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}); };`,
  );
  expect(killed.signal).toBe('SIGKILL');
  expect(await read('.env')).toBe('VERSION=1\n');
  expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
  await save({ kind: 'edit', set: { VERSION: '3' } });
  expect((await readdir(directory)).sort()).toEqual(['.env', 'compose.yaml']);
});

test.runIf(process.getuid?.() === 0)('without the right to write, nothing changes and the reason is told', async () => {
  await write('.env', 'VERSION=1\n');
  await chmod(directory, 0o755);
  const { stdout } = saveElsewhere('', 65_534);
  expect(stdout).toContain('FILE_UNWRITABLE');
  expect(await read('.env')).toBe('VERSION=1\n');
  expect((await readdir(directory)).sort()).toEqual(['.env', 'compose.yaml']);
});

test('no room left: the old file stays', async () => {
  await write('.env', 'VERSION=1\n');
  const { stdout } = saveElsewhere(
    `fs.promises.rename = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));`,
  );
  expect(stdout).toContain('DISK_FULL');
  expect(await read('.env')).toBe('VERSION=1\n');
  expect((await readdir(directory)).sort()).toEqual(['.env', 'compose.yaml']);
});

test('each line of the resolved model tells where it comes from, without secrets', async () => {
  await write('.env', 'VERSION=1.4\nAPI_KEY=canary-secret\n');
  await write('.env.more', 'MORE=x\n');
  await write('compose.yaml', `${compose}    command: run --key canary-secret\n`);
  const { lines } = await configuration.resolved('default');
  const of = (text: string) => lines.find((one) => one.text.includes(text))?.origin;
  expect(of('image: shop:1.4')).toEqual({ file: 'compose.yaml', line: 3, variables: ['VERSION'] });
  expect(of('API_KEY')).toEqual({ file: 'compose.yaml', line: 6, variables: [] });
  expect(of('MORE: x')).toEqual({ file: '.env.more', line: 1, variables: [] });
  expect(of('networks:')).toBeUndefined();
  expect(JSON.stringify(lines)).not.toContain('canary');
});
