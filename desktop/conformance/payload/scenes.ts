import type { Scene } from './scene.ts';
import { fileScene, readOnlyScene } from './scenes/files.ts';
import { missingPathScene, mountScene, readOnlyVolumeScene } from './scenes/mounts.ts';
import { newerScene } from './scenes/newer.ts';
import { networkScene, noNetworkScene } from './scenes/networks.ts';
import { privilegeScene, processScene } from './scenes/process.ts';
import { resourceScene } from './scenes/resources.ts';

/** Projects that both tools create. */
export const scenes: readonly Scene[] = [
  processScene,
  privilegeScene,
  resourceScene,
  mountScene,
  missingPathScene,
  readOnlyVolumeScene,
  networkScene,
  noNetworkScene,
  fileScene,
  readOnlyScene,
];

/** The same for versions of docker compose that know all keys. */
export const newerScenes: readonly Scene[] = [newerScene];
