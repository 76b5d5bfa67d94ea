import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startTime } from './proc.mjs';
import { say } from './say.mjs';
import { Trouble } from './trouble.mjs';
import { until } from './until.mjs';

const me = () => `${process.pid} ${startTime(process.pid)}`;

function owner(folder) {
  try {
    return readFileSync(join(folder, 'owner'), 'utf8');
  } catch {
    return undefined;
  }
}

function lives(text) {
  const [pid, started] = text.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startTime(pid) === started;
}

/** Left by a process that died: its owner is gone, or it never got to write its name. */
function isStale(folder) {
  const text = owner(folder);
  if (text !== undefined) return !lives(text);
  try {
    return Date.now() - statSync(folder).mtimeMs > 5_000;
  } catch {
    return false;
  }
}

/** Moves a stale lock aside. If another process was faster and its new lock was caught, that one is put back. */
function clear(folder) {
  const seen = owner(folder);
  const aside = `${folder}.${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  if (owner(aside) === seen) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, folder);
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isStale(folder)) clear(folder);
    return false;
  }
  writeFileSync(join(folder, 'owner'), me());
  return true;
}

/** Runs `body` while no other process holds the lock folder; waits up to `patience` ms for the other to end. */
export async function withLock(folder, body, { patience = 900_000 } = {}) {
  mkdirSync(dirname(folder), { recursive: true });
  let told = false;
  const probe = () => {
    const taken = take(folder);
    if (!taken && !told && owner(folder)) {
      told = true;
      say(`  waiting for another run (process ${owner(folder).split(' ')[0]})`);
    }
    return taken;
  };
  const failure = () =>
    new Trouble(
      `Another run (process ${owner(folder) ?? 'unknown'}) still holds ${folder}.`,
      `If nothing runs, remove that folder.`,
    );
  await until(probe, { deadline: patience, failure });
  try {
    return await body();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
