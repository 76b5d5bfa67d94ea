import { existsSync } from 'node:fs';
import { lastLines, run } from './run.mjs';
import { Trouble } from './trouble.mjs';
import { until } from './until.mjs';

const busy = /Could not get lock|Unable to (acquire|lock)|is another process using it/;

/** Whether this machine has Debian's package tools and we may use them. */
export function canInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Says why `canInstall` is false. `wanted` says for what. */
export function refuseUnlessInstallable(wanted) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    throw new Trouble(
      `${wanted} needs a Debian-like Linux (apt-get and dpkg); this machine is none.`,
      'Install Docker (https://docs.docker.com/get-docker/), start it, and set DOCKER_HOST if it does not use the default socket.',
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Trouble(
      `${wanted} needs root: it installs packages and starts an engine.`,
      'Run it as root (in a container or a virtual machine, say), or start Docker yourself and set DOCKER_HOST.',
    );
  }
}

/** Runs apt-get; waits up to five minutes while another program uses apt or dpkg. */
export async function aptGet(args, { cwd, what }) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  let last;
  const attempt = async () => {
    last = await run('apt-get', [...options, ...args], { cwd, env });
    return last.code === 0 || !busy.test(last.stderr);
  };
  const failure = () =>
    new Trouble('Another program has used apt for five minutes.', 'Wait for it to end, then try again.');
  await until(attempt, { deadline: 300_000, every: 2_000, failure });
  if (last.code === 0) return last.stdout;
  throw new Trouble(
    `apt could not ${what}.\n${lastLines(last.stderr || last.stdout, 6)}`,
    'Check that this machine reaches its package mirrors (network, proxy, /etc/apt) with `apt-get update`.',
  );
}

/** Which of these packages are not installed. */
export async function missingPackages(names) {
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const lines = stdout.split('\n');
  return names.filter((name) => !lines.includes(`${name} installed`));
}

/** Installs what is missing of these packages; returns what it installed. */
export async function installPackages(names) {
  const missing = await missingPackages(names);
  if (missing.length === 0) return missing;
  await aptGet(['update'], { what: 'refresh its package lists' });
  await aptGet(['install', '-y', '--no-install-recommends', ...missing], { what: `install ${missing.join(', ')}` });
  return missing;
}
