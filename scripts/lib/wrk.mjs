import { existsSync } from 'node:fs';
import { canInstall, installPackages } from './apt.mjs';
import { Trouble } from './trouble.mjs';

const places = ['/usr/bin/wrk', '/usr/local/bin/wrk', '/opt/homebrew/bin/wrk'];

/** Provides the client of the throughput benchmark; returns a note when it had to install it. */
export async function ensureWrk() {
  if (places.some((path) => existsSync(path))) return undefined;
  if (!canInstall())
    throw new Trouble(
      'wrk was not found.',
      'Install it (on Debian as root: apt-get install wrk; on macOS: brew install wrk).',
    );
  await installPackages(['wrk']);
  return 'installed';
}
