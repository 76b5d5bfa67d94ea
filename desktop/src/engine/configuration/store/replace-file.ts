import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { codeOf, troubleOf } from './file-trouble.ts';
import { absent, revisionOf } from './revision.ts';

/** A new file may come to hold secrets. */
const newMode = 0o600;

/** The bytes of a file; undefined where there is none. Throws FILE_REFUSED for what is no file or may not be read. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    // Before it is opened: a device may have no end, and a pipe nobody who writes.
    if (!(await stat(path)).isFile()) throw unreadable(path, say`it is not a regular file`);
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof QuaysideError) throw error;
    throw unreadable(path, troubleOf(error), error);
  }
}

function unreadable(path: string, why: string, cause?: unknown): QuaysideError {
  return new QuaysideError('FILE_REFUSED', say`${basename(path)} cannot be read: ${why}.`, {
    remedy: say`Name another file where the project names this one, or put a readable file in its place.`,
    details: { file: path },
    cause,
  });
}

/**
 * Puts a text in the place of a file, so that whoever reads it, also behind a crash, sees the old or the new one and never a part. Mode
 * and owner stay. Throws FILE_CHANGED where the file is not of `revision` any more, FILE_UNWRITABLE and DISK_FULL; nothing is
 * changed then. Gives the revision of the new content.
 */
export async function replaceFile(path: string, text: string, revision: string): Promise<string> {
  const content = Buffer.from(text);
  const temporary = join(dirname(path), `${prefixOf(path)}${randomBytes(6).toString('hex')}.tmp`);
  try {
    await removeLeftovers(path);
    await writeBeside(path, temporary, content);
    // As late as can be: what somebody saved in the meantime is not to be lost.
    await assertRevision(path, revision);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explained(error, path);
  }
  await syncFolder(dirname(path));
  return revisionOf(content);
}

/** Removes a file of that revision. Throws as `replaceFile`; gives the revision of no file. */
export async function removeFile(path: string, revision: string): Promise<string> {
  try {
    await removeLeftovers(path);
    await assertRevision(path, revision);
    await rm(path, { force: true });
  } catch (error) {
    throw explained(error, path);
  }
  await syncFolder(dirname(path));
  return absent;
}

/** Throws FILE_CHANGED where the file is not of that revision. */
export async function assertRevision(path: string, revision: string): Promise<Buffer | undefined> {
  const content = await readIfThere(path);
  if (revisionOf(content) === revision) return content;
  const name = basename(path);
  const message =
    content === undefined
      ? say`${name} was removed by somebody else in the meantime.`
      : revision === absent
        ? say`${name} was made by somebody else in the meantime.`
        : say`${name} was changed by somebody else in the meantime.`;
  throw new QuaysideError('FILE_CHANGED', message, {
    remedy: say`Nothing was saved. Look at what it says now, and save again.`,
    details: { file: path },
  });
}

/** A name may be as long as the system allows, and this is longer. */
const mostBytes = 200;

function prefixOf(path: string): string {
  const name = basename(path);
  const short =
    Buffer.byteLength(name) <= mostBytes ? name : createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `.${short}.quayside-`;
}

/** What a crash left behind; whoever replaces the file holds its lock, so nobody works on them. */
async function removeLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefixOf(path)) && name.endsWith('.tmp')) await rm(join(dirname(path), name), { force: true });
  }
}

async function writeBeside(path: string, temporary: string, content: Buffer): Promise<void> {
  const old = await lstat(path).catch(() => undefined);
  const file = await open(temporary, 'wx', newMode);
  try {
    if (old) await keepOwner(file, old);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepOwner(file: FileHandle, old: { uid: number; gid: number; mode: number }): Promise<void> {
  const own = await file.stat();
  if (own.uid !== old.uid || own.gid !== old.gid) await file.chown(old.uid, old.gid);
  await file.chmod(old.mode & 0o7777);
}

/** Without this, a power failure could bring the old name back. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function explained(error: unknown, path: string): unknown {
  const name = basename(path);
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new QuaysideError('FILE_UNWRITABLE', say`${name} cannot be saved: writing to its folder is not allowed.`, {
        remedy: say`Nothing was changed. Give yourself the right to write to ${dirname(path)}, or change the file as its owner.`,
        details: { file: path },
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new QuaysideError('DISK_FULL', say`${name} cannot be saved: no room is left in ${dirname(path)}.`, {
        remedy: say`Nothing was changed. Make room there, and try again.`,
        cause: error,
      });
    default:
      return error;
  }
}
