import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandLine } from '../lib/proc.mjs';
import { tempFolder } from '../lib/temp-folder.mjs';
import { until } from '../lib/until.mjs';
import { runningPid, startDaemon, stopDaemon } from './daemon.mjs';
import { down } from './down.mjs';
import { layout } from './layout.mjs';

const onLinux = process.platform === 'linux';
let place;
let child;

beforeEach(() => {
  place = layout({ QUAYSIDE_TESTBED: tempFolder() });
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(place.dir, { recursive: true, force: true });
});

/** A process that waits; `argv0` and `args` are what /proc shows of it. */
async function waiting(argv0, ...args) {
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', ...args], { argv0, stdio: 'ignore' });
  await until(() => commandLine(child.pid)[0] === argv0, { deadline: 5_000, every: 10 });
  return child.pid;
}

test.runIf(onLinux)('a stale pid file that names a stranger: down leaves the stranger alone', async () => {
  for (const name of ['dockerd', 'containerd', 'docker-registry']) {
    writeFileSync(place.pid(name), `${await waiting('sleep', '1000')}`);
    expect(runningPid(place, name)).toBeUndefined();
    await down(place);
    expect(commandLine(child.pid)[0]).toBe('sleep');
    expect(existsSync(place.pid(name))).toBe(false);
    child.kill('SIGKILL');
  }
});

test.runIf(onLinux)('the same program of another testbed is a stranger, too', async () => {
  const pid = await waiting('dockerd', '--config-file', join(tmpdir(), 'another', 'dockerd.conf'));
  writeFileSync(place.pid('dockerd'), `${pid}`);
  expect(await stopDaemon(place, 'dockerd')).toBe(false);
  expect(commandLine(pid)[0]).toBe('dockerd');
});

test.runIf(onLinux)('our own daemon is stopped, even while paused', async () => {
  const pid = await waiting('dockerd', '--config-file', place.configOf('dockerd'));
  writeFileSync(place.pid('dockerd'), `${pid}`);
  process.kill(pid, 'SIGSTOP');
  expect(runningPid(place, 'dockerd')).toBe(pid);
  expect(await stopDaemon(place, 'dockerd')).toBe(true);
  expect(commandLine(pid)).toEqual([]);
});

test.runIf(onLinux)('a pid file with nonsense names nobody', () => {
  for (const text of ['', '-1', '0', '1', 'x']) {
    writeFileSync(place.pid('dockerd'), text);
    expect(runningPid(place, 'dockerd')).toBeUndefined();
  }
});

test.runIf(onLinux)('a daemon that dies at once is reported with the end of its log', async () => {
  const failing = { name: 'false', config: '', args: () => [], ready: () => false };
  place.bin = '/bin';
  await expect(startDaemon(place, failing)).rejects.toThrow(/false did not start/);
  expect(existsSync(place.pid('false'))).toBe(false);
});
