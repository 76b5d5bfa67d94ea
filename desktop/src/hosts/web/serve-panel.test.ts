import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const desktop = join(import.meta.dirname, '..', '..', '..');
const linkLine = /^Quayside panel: http:\/\/127\.0\.0\.1:(\d+)\/#t=([\w-]{43})$/;

let folder: string;
let child: ChildProcessWithoutNullStreams;
let stdout: string;
let stderr: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-panel-'));
  stdout = '';
  stderr = '';
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(args: readonly string[]): void {
  child = spawn(process.execPath, args, { cwd: desktop });
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
}

/** Serves an empty panel with an engine that says when it is disposed of. */
function serve(): void {
  writeFileSync(join(folder, 'index.html'), '');
  start([
    '--input-type=module',
    '-e',
    `import { servePanel } from '#hosts/web/index.ts';
     import { createFakeEngine } from '#testing/fake-engine.ts';
     const dispose = async () => { process.stderr.write('disposed\\n'); };
     const engine = { ...createFakeEngine(), dispose };
     await servePanel({ engine, port: 0, open: false, staticDir: ${JSON.stringify(folder)} });`,
  ]);
}

const lines = (): string[] => stdout.split('\n').filter((line) => line !== '');
const exit = (): Promise<unknown> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });

test.each(['SIGINT', 'SIGTERM'] as const)('prints one link, and %s ends it cleanly', async (signal) => {
  serve();
  await expect.poll(() => stderr, { timeout: 10_000 }).toContain('Press Enter');
  expect(lines()).toEqual([expect.stringMatching(linkLine)]);
  const ended = exit();
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(stderr).toContain('disposed');
  expect(lines()).toHaveLength(1);
});

test('each Enter prints another link; the end of the input ends nothing; tokens are on standard output alone', async () => {
  serve();
  await expect.poll(lines, { timeout: 10_000 }).toHaveLength(1);
  child.stdin.write('\n');
  await expect.poll(lines).toHaveLength(2);
  child.stdin.end('\n');
  await expect.poll(lines).toHaveLength(3);
  const found = lines().map((line) => linkLine.exec(line) ?? []);
  const tokens = found.map(([, , token = '']) => token);
  expect(new Set(tokens).size).toBe(3);
  const origin = `http://127.0.0.1:${found[0]?.[1] ?? ''}`;
  for (const token of tokens) {
    const answer = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(answer.status).toBe(200);
    expect(stderr).not.toContain(token);
  }
  expect(child.exitCode).toBeNull();
});

test('another address than loopback is wrong usage: exit 2, with the way to do it', async () => {
  start([join(desktop, 'src', 'hosts', 'web', 'main.ts'), '--bind', '0.0.0.0']);
  expect(await exit()).toBe(2);
  expect(stderr).toContain('from other machines');
  expect(stderr).toContain('ssh -L');
  expect(stdout).toBe('');
});
