import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';

/** A registry of a test's own. */
export interface LocalRegistry {
  /** `127.0.0.1:PORT`, as it stands in the name of an image. */
  readonly host: string;
  dispose(): Promise<void>;
}

/** The one login that a registry with `login` knows. */
export const registryLogin = { username: 'qs-test-user', password: 'qs-test-pässword' } as const;

/** Its bcrypt hash: the program that makes these is not everywhere. */
const passwordHash = '$2b$05$0RtEGnK6J00wC8I0FMGLjOE4d4LAI7NvkSHBZ5tk9GvwabXAA.LPi';

/** Starts `docker-registry` on a free port of the loopback address; with `login`, it gives out nothing without. */
export async function startLocalRegistry(options: { readonly login: boolean }): Promise<LocalRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const users = join(folder, 'users');
  await writeFile(users, `${registryLogin.username}:${passwordHash}\n`);
  const config = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: host },
    ...(options.login ? { auth: { htpasswd: { realm: 'qs-test', path: users } } } : {}),
  };
  // JSON is YAML, too.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  // Variables that begin with REGISTRY override the file.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REGISTRY')));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  ended.catch(() => undefined);
  const dispose = async (): Promise<void> => {
    child.kill();
    await ended.catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.race([answers(host), ended.then(() => Promise.reject(new Error('docker-registry ended at once')))]);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { host, dispose };
}

async function answers(host: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const status = await fetch(`http://${host}/v2/`).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200 || status === 401) return;
    await pause(50);
  }
  throw new Error(`the registry at ${host} did not answer within 20 s`);
}
