import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Written where no docker compose is found: the newest that hashes and names images by the rules that this engine follows. */
export const newestKnownCompose = '5.4.0';

interface ComposeCliRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home folder of the user. */
  readonly home: string;
  /** Folder in which the answer may be remembered; created by the caller. */
  readonly stateDirectory: string;
}

const systemFolders = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
  '/Applications/Docker.app/Contents/Resources/cli-plugins',
];
const versionDeadlineMs = 5000;

/**
 * Version of the docker compose that would touch this machine's stacks, such as `2.26.1`; undefined where there is none. It is asked
 * once per binary (path, size and time of change) and remembered.
 */
export async function findComposeVersion(request: ComposeCliRequest): Promise<string | undefined> {
  for (const path of candidates(request)) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    const key = `${path} ${found.size} ${found.mtimeMs}`;
    const memory = join(request.stateDirectory, 'compose-cli.json');
    const remembered = await recall(memory);
    if (remembered?.key === key) return remembered.version;
    const version = await ask(path);
    if (version === undefined) continue;
    await writeFileAtomic(memory, JSON.stringify({ key, version })).catch(() => undefined);
    return version;
  }
  return undefined;
}

function candidates({ env, home }: ComposeCliRequest): string[] {
  const name = process.platform === 'win32' ? 'docker-compose.exe' : 'docker-compose';
  const own = join(env['DOCKER_CONFIG'] ?? join(home, '.docker'), 'cli-plugins');
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [own, ...systemFolders, ...onPath].map((folder) => join(folder, name));
}

async function recall(path: string): Promise<{ key: string; version: string } | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('key' in value) || !('version' in value)) return undefined;
    return typeof value.key === 'string' && typeof value.version === 'string'
      ? { key: value.key, version: value.version }
      : undefined;
  } catch {
    return undefined;
  }
}

function ask(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, ['version', '--short'], { timeout: versionDeadlineMs }, (error, stdout) => {
      const version = /^v?(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1];
      resolve(error || version?.startsWith('1.') === true ? undefined : version);
    });
  });
}
