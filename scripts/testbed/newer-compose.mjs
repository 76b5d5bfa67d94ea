import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall } from '../lib/apt.mjs';
import { withLock } from '../lib/lock.mjs';
import { must } from '../lib/run.mjs';
import { fetchPackages } from './packages.mjs';

/** Debian's newest docker compose is newer than the testbed's, whose suite is a stable one. */
const suite = 'sid';
const plugin = 'usr/libexec/docker/cli-plugins/docker-compose';

async function fetchInto(folder) {
  const debs = join(folder, 'debs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(debs, { recursive: true });
  await fetchPackages({ apt: join(folder, 'apt'), debs, suite, names: ['docker-compose'] });
  const partial = join(folder, 'partial');
  for (const file of readdirSync(debs)) await must('dpkg', ['-x', join(debs, file), partial]);
  await must(join(partial, plugin), ['version'], { remedy: 'It may need a newer libc than this machine has.' });
  renameSync(partial, join(folder, 'root'));
  for (const name of ['debs', 'apt']) rmSync(join(folder, name), { recursive: true });
}

/**
 * A docker compose newer than the testbed's, fetched once into the testbed's folder: `{ path }`, or `{ reason }` where it cannot be had.
 * It is a plugin that also runs by itself.
 */
export async function newerCompose(place) {
  const folder = join(place.dir, 'newer-compose');
  const path = join(folder, 'root', plugin);
  if (existsSync(path)) return { path };
  if (!canInstall()) return { reason: 'it is fetched with apt-get, as root on Debian' };
  try {
    await withLock(`${folder}.lock`, () => (existsSync(path) ? undefined : fetchInto(folder)));
    return { path };
  } catch (error) {
    return { reason: error.message };
  }
}
