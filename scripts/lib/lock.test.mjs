import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { tempFolder } from './temp-folder.mjs';

const folder = () => tempFolder();

/** Adds one to a number in a file, slowly, under the lock: without it, additions get lost. */
const counting = (lock, counter) => `
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from ${JSON.stringify(new URL('lock.mjs', import.meta.url).href)};
await withLock(${JSON.stringify(lock)}, async () => {
  const seen = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
  await sleep(30);
  writeFileSync(${JSON.stringify(counter)}, String(seen + 1));
});`;

function runScript(text) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], { stdio: 'ignore' });
  return new Promise((resolve) => child.on('exit', resolve));
}

test('only one process at a time is inside', async () => {
  const lock = join(folder(), 'lock');
  const counter = join(folder(), 'counter');
  writeFileSync(counter, '0');
  const codes = await Promise.all([1, 2, 3, 4].map(() => runScript(counting(lock, counter))));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(readFileSync(counter, 'utf8')).toBe('4');
});

test('the lock of a dead process is taken over', async () => {
  const lock = join(folder(), 'lock');
  mkdirSync(lock);
  writeFileSync(join(lock, 'owner'), '999999999 1');
  expect(await withLock(lock, () => 'in', { patience: 5_000 })).toBe('in');
});

test.runIf(process.platform === 'linux')('so is that of a process whose id now belongs to another', async () => {
  const lock = join(folder(), 'lock');
  mkdirSync(lock);
  writeFileSync(join(lock, 'owner'), `${process.pid} 1`);
  expect(await withLock(lock, () => 'in', { patience: 5_000 })).toBe('in');
});

test('so is one whose maker died before it wrote its name', async () => {
  const lock = join(folder(), 'lock');
  mkdirSync(lock);
  utimesSync(lock, new Date(0), new Date(0));
  expect(await withLock(lock, () => 'in', { patience: 5_000 })).toBe('in');
});

test('a lock that lives is waited for, then named', async () => {
  const lock = join(folder(), 'lock');
  await withLock(lock, async () => {
    await expect(withLock(lock, () => 'in', { patience: 200 })).rejects.toThrow(new RegExp(`process ${process.pid}`));
  });
  expect(await withLock(lock, () => 'free again')).toBe('free again');
});
