import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { FileEntry } from './entry.ts';

/** Bytes read at a time. */
export const CHUNK = 256 * 1024;

/** The bytes of a file, exactly as many as the walk saw; throws when the file is no longer what the walk saw. */
export async function* readUnchanged(entry: FileEntry): AsyncGenerator<Buffer> {
  // A link put in place of the file after the walk must not lead out of the context.
  const handle = await open(entry.source, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw unreadable(entry, error);
  });
  try {
    let position = 0;
    while (position < entry.size) {
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK, entry.size - position));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) throw changed(entry);
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const now = await handle.stat();
    if (now.size !== entry.size || now.mtimeMs !== entry.mtimeMs) throw changed(entry);
  } finally {
    await handle.close();
  }
}

function changed(entry: FileEntry): QuaysideError {
  return new QuaysideError('BUILD_FAILED', say`${entry.path} changed while it was sent to the build.`, {
    remedy: say`Build again once nothing writes to that file, or name it in .dockerignore when the image does not need it.`,
    details: { file: entry.path },
  });
}

function unreadable(entry: FileEntry, cause: unknown): QuaysideError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ELOOP') return changed(entry);
  return new QuaysideError('BUILD_FAILED', say`${entry.path} cannot be read, so it cannot be sent to the build.`, {
    remedy: say`Give yourself read access to it, or name it in .dockerignore when the image does not need it.`,
    details: { file: entry.path },
    cause,
  });
}
