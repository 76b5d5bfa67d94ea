import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'qs-test-users-'));
const file = join(folder, 'users.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const quayside = (args: readonly string[], input?: string) => run(['users', ...args, '--users', file], input);

function run(
  args: readonly string[],
  input = '',
  state = join(folder, 'state'),
): Promise<{ status: number | null; out: string; err: string }> {
  const env = { ...process.env, QUAYSIDE_STATE_DIR: state };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { stdio: 'pipe', env });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (status) => {
      resolve({ status, out, err });
    });
  });
}

// A process for each line.
test('accounts from the command line: the password comes from standard input, never from an argument', {
  timeout: 240_000,
}, async () => {
  expect(await quayside(['add', 'vera', '--role', 'operator'], 'seven blue herons\n')).toMatchObject({
    status: 0,
    out: 'vera may sign in as operator.\n',
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = readFileSync(file, 'utf8');
  expect(await quayside(['password', 'vera'], 'short\n')).toMatchObject({
    status: 2,
    err: expect.stringContaining('12') as string,
  });
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect((await quayside(['role', 'vera'])).status).toBe(2);
  expect((await quayside(['role', 'vera', '--role', 'viewer'])).status).toBe(0);
  expect((await quayside(['add', 'olaf', '--password', 'seven blue herons'])).status).toBe(2);
  const { out } = await quayside(['list', '--json']);
  expect(JSON.parse(out)).toEqual({ type: 'result', ok: true, users: [{ name: 'vera', role: 'viewer' }] });
  expect((await quayside(['remove', 'vera'])).status).toBe(0);
  expect(await quayside(['remove', 'vera'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('no user vera') as string,
  });
  // What was changed is written down, what was refused is not.
  const log = await run(['activity', '--all', '--json']);
  const entries = log.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries.slice(0, -1).map(({ kind, target, summary }) => [kind, target, summary])).toEqual([
    ['account', 'vera', 'vera may sign in as operator.'],
    ['account', 'vera', 'vera is viewer now.'],
    ['account', 'vera', 'vera cannot sign in any more.'],
  ]);
});

test('an activity log that cannot be written does not hide that the account was changed', {
  timeout: 60_000,
}, async () => {
  writeFileSync(join(folder, 'no-folder'), '');
  const told = await run(['users', 'add', 'mina', '--users', file], 'seven blue herons\n', join(folder, 'no-folder'));
  expect(told).toMatchObject({ status: 0, out: 'mina may sign in as viewer.\n' });
  expect(told.err).toContain('The activity log cannot be written');
});
