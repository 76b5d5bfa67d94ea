import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { run } from '../lib/run.mjs';
import { tempFolder } from '../lib/temp-folder.mjs';
import { shellExports, testbedEnv } from './env.mjs';
import { layout } from './layout.mjs';

const main = fileURLToPath(new URL('main.mjs', import.meta.url));

test.skipIf(process.platform === 'win32')('a shell reads the exports back, whatever the folder is called', async () => {
  const folder = tempFolder("quayside it's $HOME ");
  const place = layout({ QUAYSIDE_TESTBED: folder });
  writeFileSync(place.settings, JSON.stringify({ registryPort: 5051 }));
  const script = `${shellExports(testbedEnv(place))}\nprintf '%s\\n' "$DOCKER_HOST" "$DOCKER_CONFIG" "$REGISTRY" "$PATH"`;
  const { stdout } = await run('/bin/sh', ['-c', script], { env: { PATH: '/usr/bin' } });
  expect(stdout.trimEnd().split('\n')).toEqual([
    `unix://${folder}/docker.sock`,
    `${folder}/config`,
    '127.0.0.1:5051',
    `${folder}/bin:/usr/bin`,
  ]);
});

test('env of a testbed that is down prints nothing on standard output and fails', async () => {
  const env = { ...process.env, QUAYSIDE_TESTBED: join(tmpdir(), 'qs-no-such-testbed') };
  const { code, stdout, stderr } = await run(process.execPath, [main, 'env'], { env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('npm run testbed -- up');
});

test('status of a testbed that was never up says so and fails', async () => {
  const env = { ...process.env, QUAYSIDE_TESTBED: join(tmpdir(), 'qs-no-such-testbed') };
  const { code, stdout } = await run(process.execPath, [main, 'status'], { env });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^engine +not running$/m);
});

test.each([[[]], [['start']], [['up', 'now']], [['constructor']]])('%j is wrong usage', async (args) => {
  const { code, stdout, stderr } = await run(process.execPath, [main, ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Usage:');
});

test('a state folder too deep for unix sockets is refused with a remedy', () => {
  const deep = `/tmp/${'x'.repeat(80)}`;
  expect(() => layout({ QUAYSIDE_TESTBED: deep })).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining('QUAYSIDE_TESTBED') }),
  );
});
