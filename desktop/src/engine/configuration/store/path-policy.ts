import { access, constants, lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { codeOf, troubleOf } from './file-trouble.ts';

/** Files that people write are smaller. */
const maxBytes = 1024 * 1024;

/** Why a file of a project may not be changed from here, in words; undefined where it may. */
export async function refusalOf(path: string, directory: string): Promise<string | undefined> {
  const [folder, root] = await Promise.all([realpath(dirname(path)).catch(() => undefined), realpath(directory)]);
  if (folder === undefined) return say`the folder that it lies in is not there`;
  const inside = relative(root, folder);
  if (inside === '..' || inside.startsWith('../') || inside.startsWith('..\\') || isAbsolute(inside)) {
    return say`it lies outside of the project folder`;
  }
  const found = await lstat(path).catch((error: unknown) =>
    codeOf(error) === 'ENOENT' ? undefined : troubleOf(error),
  );
  if (found === undefined || typeof found === 'string') return found;
  if (found.isSymbolicLink()) return say`it is a symbolic link; change the file that it leads to`;
  if (!found.isFile()) return say`it is not a regular file`;
  if (found.nlink > 1) return say`it has a second name (a hard link), which would keep the old content`;
  if (found.size > maxBytes) return say`it is larger than 1 MiB`;
  const writable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? undefined : say`you may not write to it`;
}

/** Throws FILE_REFUSED where a file may not be changed from here. */
export async function assertChangeable(path: string, directory: string): Promise<void> {
  const why = await refusalOf(path, directory);
  if (why === undefined) return;
  throw new QuaysideError('FILE_REFUSED', say`${basename(path)} is not changed from here: ${why}.`, {
    remedy: say`Change it with an editor of your own; the panel then shows what it says.`,
    details: { file: path },
  });
}
