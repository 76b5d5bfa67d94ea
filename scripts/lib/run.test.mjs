import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { must, run } from './run.mjs';
import { tempFolder } from './temp-folder.mjs';
import { until } from './until.mjs';

const node = (text) => [process.execPath, ['-e', text]];

test('output, input and exit code', async () => {
  const text = 'process.stdin.pipe(process.stdout); console.error("e"); process.exitCode = 3';
  expect(await run(...node(text), { input: 'hello' })).toEqual({ code: 3, stdout: 'hello', stderr: 'e\n' });
});

test('a program that does not exist', async () => {
  expect((await run('/no/such/program', [])).code).toBe(127);
  await expect(must('/no/such/program', ['x'], { remedy: 'install it' })).rejects.toMatchObject({
    remedy: 'install it',
  });
});

test('must throws the end of what the program said', async () => {
  await expect(must(...node('console.error("the cause"); process.exit(1)'))).rejects.toThrow(/exit 1[^]*the cause/);
});

test('a deadline ends a program, and says so', async () => {
  expect((await run(...node('setInterval(() => {}, 1000)'), { deadline: 200 })).code).toBe(124);
});

test.skipIf(process.platform === 'win32')('an interruption lets a program end in good order', async () => {
  const interruption = new AbortController();
  const ready = join(tempFolder(), 'ready');
  const text = `process.on('SIGINT', () => { console.log('bye'); process.exit(0); });
    setInterval(() => {}, 1000); require('node:fs').writeFileSync(${JSON.stringify(ready)}, '');`;
  const ended = run(...node(text), { signal: interruption.signal });
  await until(() => existsSync(ready), { deadline: 5_000, every: 10 });
  interruption.abort();
  expect(await ended).toMatchObject({ code: 0, stdout: 'bye\n' });
});
