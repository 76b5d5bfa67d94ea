import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { type Ended, quayside } from '#testing/quayside-command.ts';

const command = fileURLToPath(new URL('../../../bin/quayside.mjs', import.meta.url));
const secret = 'correct-horse-battery';
const script = `
  for (let n = 0; n < 3000; n += 1) {
    console.log(JSON.stringify({ level: n % 10 === 0 ? 50 : 30, n, status: n % 10 === 0 ? 500 : 200, reqId: 'r-' + (n >> 1), msg: 'line ' + n }));
  }
  console.error('connecting with ' + process.env.DB_PASSWORD + ' to postgres://ann:lettersandmore@db/shop');
`;

let made: ComposeProject;

beforeAll(async () => {
  const image = 'node:24-bookworm-slim';
  made = await createComposeProject({
    services: {
      web: { image, command: ['node', '-e', script], environment: { DB_PASSWORD: secret } },
      idle: { image, command: ['node', '-e', "console.log('idle')"] },
    },
  });
  await run('up', '--no-wait');
});

afterAll(() => made.remove());

function run(...args: string[]): Promise<Ended> {
  return quayside(['-C', made.directory, '-p', made.name, ...args]);
}

async function linesOf(...args: string[]): Promise<string[]> {
  const { status, out, err } = await run('logs', '--no-prefix', ...args);
  expect([status, err]).toEqual([0, '']);
  return out === '' ? [] : out.trimEnd().split('\n');
}

describe('logs', () => {
  test('the filters of the panel, in pipes', async () => {
    const all = await linesOf('web');
    expect(all).toHaveLength(3001);
    expect(await linesOf('--where', 'status>=500 n<100')).toEqual(all.filter((_, n) => n % 10 === 0 && n < 100));
    expect(await linesOf('--level', 'error', '--grep', '/line 2\\d0"/')).toHaveLength(10);
    expect(await linesOf('--correlation', 'r-7')).toEqual([all[14], all[15]]);
    expect(await linesOf('--tail', '5', 'web')).toEqual(all.slice(-5));
    expect(await linesOf('-n', 'all', 'web')).toEqual(all);
    expect(await linesOf('--until', '1h')).toEqual([]);
    expect(await linesOf('idle')).toEqual(['idle']);
  });

  test('secrets are masked unless they are asked for', async () => {
    const [line] = await linesOf('--where', 'stream=stderr');
    expect(line).toBe('connecting with ******** to postgres://ann:********@db/shop');
    expect(await linesOf('--where', 'stream=stderr', '--reveal')).toEqual([
      `connecting with ${secret} to postgres://ann:lettersandmore@db/shop`,
    ]);
    const { out } = await run('--json', 'logs', '--where', 'stream=stderr');
    expect(out).not.toContain(secret);
  });

  test('a mistake in a filter is told with its place and a remedy, as wrong usage', async () => {
    const { status, out, err } = await run('logs', '--where', 'status>=500 level=loud');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('"loud" is no level');
    expect(err).toContain('remedy: Levels: trace');
    expect((await run('logs', '--until', '1m', '--follow')).status).toBe(2);
    expect(await run('logs', '--tail', 'some')).toMatchObject({
      status: 2,
      err: expect.stringContaining('has to be a whole number or "all"') as string,
    });
  });

  test('-f behind the verb follows until it is interrupted; other global options are understood there as well', async () => {
    const enough = new AbortController();
    const args = ['logs', '-f', '--no-prefix', '-C', made.directory, '-p', made.name, 'idle'];
    const onOutput = (): void => {
      enough.abort();
    };
    const ended = await quayside(args, {}, onOutput, '', enough.signal);
    expect(ended).toEqual({ status: 0, out: 'idle\n', err: '' });
  });

  test('a reader that has had enough is no error', async () => {
    const line = `"${process.execPath}" -- "${command}" -C "${made.directory}" -p ${made.name} logs --no-prefix; echo "status $?" >&2`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', `(${line}) | head -n 2`]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toBe('status 0\n');
  });
});
