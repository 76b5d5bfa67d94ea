import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { QuaysideError } from '#contract/index.ts';

/** How a file is spoken of, such as `users file`, and what helps where there is none. */
export interface FileWords {
  readonly what: string;
  readonly ifMissing: string;
}

/**
 * The text of a file that is its owner's alone. Throws FILE_REFUSED where there is none (with `missing` in the details), where it is
 * a link, and where others could read or change it.
 */
export async function readPrivateFile(path: string, words: FileWords): Promise<string> {
  const file = await openFile(path, words);
  try {
    await refuseOthers(path, file, words.what);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function openFile(path: string, { what, ifMissing }: FileWords): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new QuaysideError('FILE_REFUSED', `There is no ${what} ${path}.`, {
        remedy: ifMissing,
        details: { missing: true },
        cause: error,
      });
    }
    const why = code === 'ELOOP' ? 'it is a symbolic link' : String(code);
    throw new QuaysideError('FILE_REFUSED', `The ${what} ${path} cannot be read: ${why}.`, {
      remedy: 'Name the file itself, and see that this account may read it.',
      cause: error,
    });
  }
}

/** Windows has no such bits; there the folder's access list is what protects the file. */
async function refuseOthers(path: string, file: FileHandle, what: string): Promise<void> {
  const stat = await file.stat();
  const others = process.platform === 'win32' ? 0 : stat.mode & 0o077;
  if (stat.isFile() && others === 0) return;
  throw new QuaysideError(
    'FILE_REFUSED',
    stat.isFile()
      ? `The ${what} ${path} is open to other accounts of this machine (mode ${(stat.mode & 0o777).toString(8)}).`
      : `The ${what} ${path} is no file.`,
    { remedy: `Keep it to its owner: chmod 600 ${path}` },
  );
}
