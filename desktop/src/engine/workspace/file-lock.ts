import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const retryMs = 15;
/** The holder writes one line, which takes milliseconds: one that held it for longer was killed, or its machine lost power. */
const staleMs = 10_000;

/**
 * Runs `work` while no other process does so under the same path, which is a file that exists meanwhile. Not by a library: those that
 * there are take the signals of the process for themselves, which would end a host before it has cleaned up.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  while (!(await take(path, token))) {
    await breakStale(path);
    await sleep(retryMs * (1 + Math.random()));
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moved aside first and looked at there: of several that find it stale, one removes it, and none removes a newer one. */
async function breakStale(path: string): Promise<void> {
  const seen = await stat(path).catch(() => undefined);
  if (!seen || Date.now() - seen.mtimeMs < staleMs) return;
  const holder = await readFile(path, 'utf8').catch(() => undefined);
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readFile(aside, 'utf8')) === holder) await rm(aside);
  else await rename(aside, path);
}
