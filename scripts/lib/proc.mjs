import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** The arguments of a process; empty when there is none with that id (or only a zombie). */
export const commandLine = (pid) => read(pid, 'cmdline').split('\0').filter(Boolean);

/** The environment of a process as `NAME=value` entries; empty when it may not be read. */
export const environment = (pid) => read(pid, 'environ').split('\0');

// The name in brackets may hold spaces, so fields are counted from behind it: state, ppid, ..., start time is the 20th.
const statFields = (pid) =>
  read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');

/** When a process began (clock ticks since boot): with the id it names one process for ever. Undefined when it is gone. */
export const startTime = (pid) => (process.platform === 'linux' ? statFields(pid)[19] : '0');

/** Every process id of the machine. */
export const allProcesses = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** A process and everything below it, parents first. */
export function family(pid) {
  const children = new Map();
  for (const each of allProcesses()) {
    const parent = Number(statFields(each)[1]);
    children.set(parent, [...(children.get(parent) ?? []), each]);
  }
  const found = [pid];
  for (const each of found) found.push(...(children.get(each) ?? []));
  return found;
}

/** Sends a signal; false when the process is gone. */
export function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Ends a process: asks first, forces it after `patience` ms. `isIt` guards against ending a stranger with the same id. */
export async function end(pid, { isIt, patience = 10_000 }) {
  for (const [name, wait] of [
    ['SIGTERM', patience],
    ['SIGKILL', 5_000],
  ]) {
    const deadline = Date.now() + wait;
    if (!isIt(pid)) return;
    signal(pid, name);
    while (isIt(pid) && Date.now() < deadline) await sleep(50);
  }
}
