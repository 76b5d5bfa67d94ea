import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-watch-'));
});
afterEach(async () => {
  if (child?.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  rmSync(folder, { recursive: true });
});

const program = (words: string) => `
  setInterval(() => undefined, 1000);
  process.on('SIGTERM', () => { console.log('stopped ${words}'); process.exit(7); });
  console.log('${words}');`;

/** Starts the watcher on a program; `said` waits for its next line. */
function watching(source: string) {
  const main = join(folder, 'main.mjs');
  const args = [join(import.meta.dirname, 'watch.ts'), folder, '--', '--no-warnings', main];
  const begin = async () => {
    await writeFile(main, source);
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    const lines = createInterface(started.stdout)[Symbol.asyncIterator]();
    const errors = createInterface(started.stderr)[Symbol.asyncIterator]();
    const said = async () => (await lines.next()).value;
    return { started, said, complained: async () => (await errors.next()).value };
  };
  const inPlace = (words: string) => writeFile(main, program(words));
  const byRename = async (words: string) => {
    await writeFile(join(folder, '.new'), program(words));
    await rename(join(folder, '.new'), main);
  };
  return { begin, inPlace, byRename };
}

test('every edit starts it again, in whatever way the editor writes', async () => {
  const { begin, inPlace, byRename } = watching(program('0'));
  const { said } = await begin();
  expect(await said()).toBe('0');
  for (const [round, edit] of [inPlace, byRename, byRename, inPlace, byRename, inPlace].entries()) {
    await edit(String(round + 1));
    expect(await said()).toBe(`stopped ${round}`);
    expect(await said()).toBe(String(round + 1));
  }
});

test('a program that ends waits for the next edit', async () => {
  const { begin, inPlace } = watching('process.exit(1)');
  const { said, complained } = await begin();
  expect(await complained()).toContain('started again when a source changes');
  await inPlace('mended');
  expect(await said()).toBe('mended');
});

test('a signal goes to the program, whose end is the end', async () => {
  const { started, said } = await watching(program('0')).begin();
  expect(await said()).toBe('0');
  started.kill('SIGTERM');
  expect(await said()).toBe('stopped 0');
  expect(await once(started, 'exit')).toEqual([7, null]);
});
