import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type * as Library from 'electron-updater';
import { updateSourceOf } from './update-source.ts';
import type { UpdateSource } from './updates.ts';

/** Updates of an installed copy of a release; undefined for a checkout, and for a package that somebody made for themselves. */
export async function installedUpdates(): Promise<UpdateSource | undefined> {
  if (!app.isPackaged || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return undefined;
  // A CommonJS package whose names Node cannot all see from outside, unlike what its types say.
  const loaded = (await import('electron-updater')) as unknown as { readonly default: typeof Library };
  const { autoUpdater, DebUpdater } = loaded.default;
  return updateSourceOf(autoUpdater, autoUpdater instanceof DebUpdater);
}
