import { join } from 'node:path';
import { createEngine } from '#engine/engine.ts';
import type { Engine } from '#engine/types.ts';

/** A panel that runs, as its pages have it, on the project of a folder. */
export function panelIn(directory: string, projectName: string, state = join(directory, 'state')): Engine {
  return createEngine({
    directory,
    selection: { files: [], envFiles: [], profiles: [], projectName },
    endpoint: {},
    hostKind: 'test',
    version: '0.0.0',
    env: { ...process.env, QUAYSIDE_STATE_DIR: state },
  });
}
