import { chmod, mkdir, stat } from 'node:fs/promises';
import envPaths from 'env-paths';

/**
 * The folder where Quayside keeps what it has to remember between runs, made if missing and closed to other users (0700).
 * `override` replaces the place that the system provides for it.
 */
export async function stateDirectory(override?: string): Promise<string> {
  const directory = override ?? envPaths('quayside', { suffix: '' }).data;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const { mode } = await stat(directory);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(directory, 0o700);
  return directory;
}
