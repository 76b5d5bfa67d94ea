import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { firstLines, npm } from './run.mjs';
import { Trouble } from './trouble.mjs';

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/**
 * Whether the packages installed in `folder` are those of its package-lock.json. npm notes what it installed in
 * node_modules/.package-lock.json; an optional package may be missing there, because it is for another platform.
 */
export function installed(folder = root) {
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  const wanted = Object.entries(packagesOf(join(folder, 'package-lock.json')));
  return wanted
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
    .every(([path, { version, integrity, optional, devOptional, peer }]) => {
      const found = present[path];
      if (!found) return Boolean(optional ?? devOptional ?? peer);
      return found.version === version && found.integrity === integrity;
    });
}

/** A lock folder outside the repository: set-up replaces folders inside it. */
export const setupLock = (name) =>
  join(tmpdir(), `quayside-${name}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`);

/** Installs the packages of the lock file where they are not; returns a note when it had to. */
export async function ensureDependencies() {
  if (installed()) return undefined;
  return withLock(setupLock('dependencies'), async () => {
    if (installed()) return undefined;
    const { code, stdout, stderr } = await npm(['ci', '--ignore-scripts', '--loglevel=error'], { cwd: root });
    if (code === 0) return 'installed';
    throw new Trouble(
      `npm could not install the dependencies.\n${firstLines(stderr || stdout)}`,
      'Check that npm reaches its registry (network, proxy, ~/.npmrc), then run this again.',
    );
  });
}
