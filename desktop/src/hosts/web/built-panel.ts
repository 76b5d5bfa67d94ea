import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder into which the build puts the panel; the same from the sources and from any bundle. */
export const builtPanel: string = join(packageFolder(import.meta.dirname), 'out', 'renderer');

function packageFolder(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
