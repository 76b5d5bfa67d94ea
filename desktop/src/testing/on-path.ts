import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program lies that `npm test` has put on the PATH. `hint`: the package that brings it elsewhere. */
export function onPath(name: string, hint: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`this test needs ${name} on the PATH (Debian: ${hint})`);
  return found;
}
