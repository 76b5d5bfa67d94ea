import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dockerText } from '#testing/docker-cli.ts';
import { type Ended, quayside } from '#testing/quayside-command.ts';

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => {
    const before = `*${'abcdefgh'[index] ?? ''}`;
    return `${name}: &${name} [${Array(9).fill(before).join(', ')}]`;
  }),
].join('\n');
const service = (rest: string): string => `services:\n  a:\n    image: qs-test-none\n    ${rest}\n`;

/** What a file holds, and what the command has to say of it. */
const bad: readonly (readonly [name: string, content: string | Buffer, says: string])[] = [
  ['a bomb of aliases', bomb, 'more than 100000 values'],
  ['ten megabytes', `x-a: "${'a'.repeat(10 * 1024 * 1024)}"\n`, 'larger than 1 MiB'],
  ['brackets without end', `x-a: ${'['.repeat(50_000)}`, 'nested deeper'],
  ['a deep block', Array.from({ length: 1200 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), 'nested deeper'],
  ['a missing env file', service('env_file: none.env'), 'compose.yml:4:15: the file none.env'],
  ['a wrong type', service('ports: {a: b}'), 'compose.yml:4:12: services.a.ports has to be a list'],
  ['an extends circle', service('extends: a'), 'compose.yml:4:14: services extend each other in a circle'],
  [
    'an include circle',
    `include: [compose.yml]\n${service('tty: true')}`,
    'compose.yml:1:11: files include each other in a circle',
  ],
  ['a dependency circle', service('depends_on: [a]'), 'compose.yml:4:18: services depend on each other in a circle'],
  ['a NUL byte', service('user: "a\0b"'), 'compose.yml:4:13: the control character U+0000'],
  ['a tab', 'services:\n\ta: {image: x}\n', 'compose.yml:2:1: not valid YAML'],
  ['Latin-1', Buffer.from(service('user: \xe9'), 'latin1'), 'compose.yml:4:11: the file is not valid UTF-8'],
  ['nothing', '', 'compose.yml:1:1: the compose file is empty'],
];

async function up(content: string | Buffer): Promise<Ended & { readonly left: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-bad-'));
  const project = `qs-test-bad-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(join(directory, 'compose.yml'), content);
    const ended = await quayside(['-C', directory, '-f', 'compose.yml', '-p', project, 'up']);
    const filter = ['--filter', `label=com.docker.compose.project=${project}`];
    const left = [await dockerText('ps', '-aq', ...filter), await dockerText('network', 'ls', '-q', ...filter)].join(
      '',
    );
    return { ...ended, left };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

test.for(bad)('%s is refused with exit status 2, its place and nothing touched', async ([, content, says]) => {
  const { status, err, left } = await up(content);
  expect(err).toContain(says);
  expect(err).toContain('remedy');
  expect({ status, left }).toEqual({ status: 2, left: '' });
});

test('an env file of the command line that is missing is refused with exit status 2', async () => {
  const { status, err } = await quayside(['--env-file', 'none.env', '-f', 'none.yml', 'config']);
  expect(err).toMatch(/the env file \S*none\.env cannot be read: it does not exist/);
  expect(status).toBe(2);
});

test('a byte order mark and Windows line ends are no trouble', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'qs-bad-'));
  try {
    await writeFile(
      join(directory, 'compose.yml'),
      `\ufeffname: qs-test-crlf\r\n${service('user: u').replaceAll('\n', '\r\n')}`,
    );
    const { status, out } = await quayside(['-C', directory, '-f', 'compose.yml', 'config', '--format', 'json']);
    expect({ status, config: JSON.parse(out) as unknown }).toMatchObject({
      status: 0,
      config: { services: { a: { image: 'qs-test-none', user: 'u' } } },
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
