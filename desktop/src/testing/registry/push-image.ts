import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { docker } from '../docker-cli.ts';
import { registryLogin } from './local-registry.ts';

/** The content of a docker configuration that holds a login for this registry. */
export function configWithLogin(host: string, login: { username: string; password: string } = registryLogin): string {
  const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
  return JSON.stringify({ auths: { [host]: { auth } } });
}

/**
 * Pushes an image of two layers, three megabytes that nobody else has among them, and removes it here; returns its digest.
 * It is not built, because the cache of the builder would keep the layers, and a pull would have nothing to bring.
 */
export async function pushImage(tag: string, login = false): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-push-'));
  const run = async (...args: string[]): Promise<string> => (await docker(args)).stdout.trim();
  try {
    await writeFile(join(folder, 'large'), randomBytes(3_000_000));
    await writeFile(join(folder, 'small'), tag);
    await writeFile(join(folder, 'config.json'), configWithLogin(tag.slice(0, tag.indexOf('/'))));
    await promisify(execFile)('tar', ['-C', folder, '-cf', join(folder, 'large.tar'), 'large']);
    const base = await run('import', join(folder, 'large.tar'));
    const container = await run('create', '--network', 'none', base, 'none');
    await run('cp', join(folder, 'small'), `${container}:/small`);
    await run('commit', container, tag);
    await run('rm', container);
    await docker(['push', '-q', tag], login ? { env: { DOCKER_CONFIG: folder } } : {});
    const pushed = await run('image', 'inspect', '--format', '{{index .RepoDigests 0}}', tag);
    await run('image', 'rm', tag);
    // Usually gone with the image that stood on it.
    await run('image', 'rm', '--force', base);
    return pushed.slice(pushed.indexOf('@') + 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}
