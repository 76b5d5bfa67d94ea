import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { say } from '#kit/say.ts';

/** Files that people write are smaller. What is larger is refused before it fills the memory. */
const maxBytes = 1024 * 1024;

/** Why a file cannot be used although it is there. */
export class UnusableFile extends Error {}

/** Reads a file of at most 1 MiB. Throws the system's errors, and UnusableFile for what is larger or no regular file. */
export async function readBytes(path: string): Promise<Buffer> {
  // Before it is opened: a device may have no end, and a pipe nobody who writes.
  const found = await stat(path);
  if (found.isDirectory()) throw new UnusableFile(say`it is a folder`);
  if (!found.isFile()) return emptyDevice(path);
  if (found.size > maxBytes) throw new UnusableFile(say`it is larger than 1 MiB`);
  // What takes its place now does not hold up who opens it either.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read({
        buffer: Buffer.alloc(Math.max(found.size - length + 1, 65_536)),
      });
      if (bytesRead === 0) return Buffer.concat(parts);
      parts.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
      if (length > maxBytes) throw new UnusableFile(say`it is larger than 1 MiB`);
    }
  } finally {
    await handle.close();
  }
}

/** Whether something that may be read, or has to be refused, lies there: a folder is as good as nothing. */
export async function isNoFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && !found.isDirectory();
}

/** The null device is how people say that there is nothing to read. */
async function emptyDevice(path: string): Promise<Buffer> {
  if ((await realpath(path)) === '/dev/null') return Buffer.alloc(0);
  throw new UnusableFile(say`it is a pipe, a socket or a device`);
}

/** Texts that stand in for what files hold, by absolute path: what they would be after a change; undefined = no file. */
export type StandIns = ReadonlyMap<string, string | undefined>;

/** Reads a text as `readBytes` does; bytes that are no UTF-8 become U+FFFD, a byte order mark stays. */
export async function readText(path: string, standIns?: StandIns): Promise<string> {
  if (standIns?.has(path) !== true) return (await readBytes(path)).toString('utf8');
  const text = standIns.get(path);
  if (text === undefined) throw Object.assign(new Error(`${path} would not be there`), { code: 'ENOENT' });
  return text;
}

/** The reason for which a file could not be read, to be put behind a colon. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof UnusableFile) return `: ${cause.message}`;
  if (!(cause instanceof Error) || !('code' in cause)) return '';
  switch (cause.code) {
    case 'ENOENT':
      return say`: it does not exist`;
    case 'EACCES':
    case 'EPERM':
      return say`: access is denied`;
    case 'ELOOP':
      return say`: its symbolic links lead in a circle`;
    case 'ENAMETOOLONG':
      return say`: its name is too long`;
    case 'ENOTDIR':
      return say`: it lies below something that is no folder`;
    case 'ERR_INVALID_ARG_VALUE':
      return say`: no file can have this name`;
    default:
      return '';
  }
}
