import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding, Problem } from '#contract/index.ts';
import { toProblem } from '#contract/index.ts';
import { parseDockerfile } from '#engine/docker/build/dockerfile/parse.ts';
import { explain } from '#engine/docker/build/explain.ts';
import { connectionError } from '#engine/docker/errors.ts';
import { statusError } from '#engine/docker/errors-status.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { unanswered } from '#engine/preflight/checks/engine.ts';
import { runPreflight } from '#engine/preflight/index.ts';
import type { RunContext } from '#engine/stack/run/context.ts';
import { unhealthyError } from '#engine/stack/run/wait-errors.ts';
import { fakeGateway, preflightInput } from './preflight-input.ts';

const guide = join(import.meta.dirname, '..', '..', '..', 'docs', 'user-guide.md');
const heading = '| error | what Quayside says | what it offers |';

interface Row {
  readonly error: string;
  readonly says: string;
  readonly offers: string;
}

async function documentedRows(): Promise<Row[]> {
  const lines = (await readFile(guide, 'utf8')).split('\n');
  const rows = lines.slice(lines.indexOf(heading) + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => {
      const [, error = '', says = '', offers = ''] = line.split('|').map((cell) => cell.trim());
      return { error, says, offers };
    });
}

/** What is said of an error, and what can be done about it. */
interface Told {
  readonly title: string;
  readonly remedy: string;
}

const ofProblem = ({ message, remedy = '' }: Problem): Told => ({ title: message, remedy });

function ofFinding(finding: Finding | undefined): Told {
  const repairs = (finding?.repairs ?? []).map((repair) => {
    switch (repair.kind) {
      case 'command':
        return `${repair.label}: ${repair.command}`;
      case 'variable':
        return `Set ${repair.name}`;
      case 'registry-login':
        return `Sign in to ${repair.registry}`;
      case 'env-form':
        return `Create ${repair.file}`;
    }
  });
  return { title: finding?.title ?? '', remedy: [finding?.remedy, ...repairs].join(' ') };
}

async function preflightOf(compose: string, check: string, files: Record<string, string> = {}): Promise<Told> {
  const directory = await mkdtemp(join(tmpdir(), 'qs-test-errors-'));
  try {
    for (const [name, text] of Object.entries({ 'compose.yaml': compose, ...files }))
      await writeFile(join(directory, name), text);
    const { findings } = await runPreflight(await preflightInput(directory, () => Promise.resolve(fakeGateway())));
    return ofFinding(findings.find((finding) => finding.check === check && finding.severity !== 'ok'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function takenPort(): Promise<Told> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const compose = `services:\n  web:\n    image: a\n    ports: ["127.0.0.1:\${WEB_PORT:-${port}}:80"]\n`;
  try {
    return await preflightOf(compose, 'ports');
  } finally {
    server.close();
  }
}

const down = (url: string) => toProblem(connectionError(Object.assign(new Error('x'), { code: 'ENOENT' }), url));

async function unhealthy(): Promise<Told> {
  const probe = { start: '', end: '', exitCode: 1, output: 'connect ECONNREFUSED\n' };
  const container = { id: 'x', name: 'web-1', probes: [probe], failingStreak: 3, healthRetries: 3, tty: false };
  const context = { gateway: { containers: { logs: () => [] } }, maskFor: () => (text: string) => text };
  const error = await unhealthyError(context as unknown as RunContext, 'web', container as unknown as ContainerDetail);
  return ofProblem(toProblem(error));
}

async function failedBuild(): Promise<Told> {
  const text = 'FROM node:24\nRUN npm ci\n';
  const details = {
    dockerfile: 'Dockerfile',
    line: 2,
    step: 'RUN npm ci',
    exitCode: 1,
    output: [],
    reason: 'exit code: 1',
  };
  const { message, remedy } = await explain(details, parseDockerfile(text), {
    has: () => false,
  } as unknown as Parameters<typeof explain>[2]);
  return { title: message, remedy };
}

const facts = { url: 'unix:///var/run/docker.sock', platform: 'linux', usual: true } as const;

/** How each row comes about. */
const causes: Readonly<Record<string, () => Promise<Told> | Told>> = {
  'Missing .env file': () => preflightOf('services:\n  web:\n    image: a\n', 'env-file', { '.env.example': 'KEY=\n' }),
  'Docker not installed': () => ofFinding(unanswered(down(facts.url), { ...facts, installed: false })),
  'Docker not running': () => ofFinding(unanswered(down(facts.url), { ...facts, installed: true })),
  'Port already in use': takenPort,
  'Health check failed': unhealthy,
  'Build failed': failedBuild,
  'Network error': () =>
    ofProblem(
      toProblem(
        statusError(
          500,
          JSON.stringify({
            message:
              'driver failed programming external connectivity on endpoint web: iptables: No chain/target/match by that name',
          }),
          { method: 'POST', path: '/containers/x/start' },
        ),
      ),
    ),
};

/** What stands between “ ” in a cell, as a pattern; … stands for anything. */
function quoted(cell: string): RegExp[] {
  return [...cell.matchAll(/“([^”]+)”/g)].map(([, text = '']) => {
    const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(parts.join('.+'));
  });
}

const rows = await documentedRows();

test('the guide has a row for each error of the deployment', () => {
  expect(rows.map(({ error }) => error)).toEqual(Object.keys(causes));
});

test.each(rows)('$error: what the guide quotes is what is said and offered', async ({ error, says, offers }) => {
  const told = await causes[error]?.();
  expect(quoted(says).length).toBeGreaterThan(0);
  expect(quoted(offers).length).toBeGreaterThan(0);
  for (const pattern of quoted(says)) expect(told?.title).toMatch(pattern);
  for (const pattern of quoted(offers)) expect(told?.remedy).toMatch(pattern);
});
