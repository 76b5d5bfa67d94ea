import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { commandLine, end, signal } from '../lib/proc.mjs';
import { lastLines } from '../lib/run.mjs';
import { Trouble } from '../lib/trouble.mjs';
import { until } from '../lib/until.mjs';

/** Whether this process is the daemon `name` of this testbed: same program, same configuration file in its arguments. */
function isOurs(place, name, pid) {
  const [program = '', ...args] = commandLine(pid);
  return basename(program) === name && args.includes(place.configOf(name));
}

/** The process id of a running daemon of this testbed; undefined when its pid file is missing, stale or names a stranger. */
export function runningPid(place, name) {
  if (!existsSync(place.pid(name))) return undefined;
  const pid = Number(readFileSync(place.pid(name), 'utf8'));
  return isOurs(place, name, pid) ? pid : undefined;
}

/** The end of a daemon's log, for error messages. */
function logTail(place, name) {
  return existsSync(place.log(name)) ? lastLines(readFileSync(place.log(name), 'utf8'), 8) : '(no log)';
}

// What the engine must not inherit: the caller's own DOCKER_* settings, and REGISTRY_*, which override the registry's file.
function daemonEnvironment(place) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(DOCKER|REGISTRY|CONTAINERD|OTEL|npm)_|^REGISTRY$/.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: `${place.bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
}

/** Starts a daemon in its own session and waits up to 30 s until `ready` says so. */
export async function startDaemon(place, { name, args, config, ready }) {
  const configFile = place.configOf(name);
  writeFileSync(configFile, config);
  const log = openSync(place.log(name), 'w');
  const options = { cwd: place.dir, env: daemonEnvironment(place), detached: true, stdio: ['ignore', log, log] };
  const child = spawn(`${place.bin}/${name}`, args(configFile), options);
  closeSync(log);
  child.unref();
  let ended = false;
  child.on('error', () => {
    ended = true;
  });
  child.on('exit', () => {
    ended = true;
  });
  if (child.pid) writeFileSync(place.pid(name), `${child.pid}\n`);
  const failure = () =>
    new Trouble(
      `${name} did not start. The end of its log:\n${logTail(place, name)}`,
      `The whole log: ${place.log(name)}`,
    );
  const probe = async () => {
    if (await ready()) return true;
    if (ended) throw failure();
    return false;
  };
  try {
    await until(probe, { deadline: 30_000, every: 50, failure });
  } catch (error) {
    await stopDaemon(place, name);
    throw error;
  }
  child.removeAllListeners();
}

/** Stops a daemon and waits for its end. Does nothing to a process that is not ours. */
export async function stopDaemon(place, name, { patience = 30_000 } = {}) {
  const pid = runningPid(place, name);
  if (pid) {
    // A paused process answers no request to end.
    signal(pid, 'SIGCONT');
    await end(pid, { isIt: (each) => isOurs(place, name, each), patience });
  }
  rmSync(place.pid(name), { force: true });
  return pid !== undefined;
}
