import { existsSync } from 'node:fs';
import { withLock } from '../lib/lock.mjs';
import { Trouble } from '../lib/trouble.mjs';
import { stopDaemon } from './daemon.mjs';
import { stopEngine } from './daemons.mjs';
import { otherEngines, placeOf } from './other-engines.mjs';
import { mountsBelow } from './remains.mjs';
import { readSettings } from './settings.mjs';

/** Stops all that runs and removes bridge, rules, mounts and sockets. Packages, images and the registry's content stay. */
export async function down(place) {
  if (!existsSync(place.dir)) return false;
  // An engine within this testbed is one, too.
  for (const name of otherEngines) {
    const other = placeOf(place, name);
    if (existsSync(other.settings)) await down(other);
  }
  return withLock(place.lock, async () => {
    const stopped = [await stopDaemon(place, 'docker-registry'), await stopEngine(place, readSettings(place))];
    const mounts = mountsBelow(place);
    if (mounts.length > 0)
      throw new Trouble(`Still mounted: ${mounts.join(', ')}`, 'Unmount these folders, then run down again.');
    return stopped.some(Boolean);
  });
}
