import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pings } from './ask.mjs';

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The endpoint of the Docker CLI's current context; undefined for the default one. */
function contextEndpoint(env, home) {
  const folder = env['DOCKER_CONFIG'] || join(home, '.docker');
  const name = env['DOCKER_CONTEXT'] || readJson(join(folder, 'config.json'))?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  return readJson(join(folder, 'contexts', 'meta', id, 'meta.json'))?.Endpoints?.docker?.Host;
}

function defaultEndpoints(env, home) {
  if (process.platform === 'win32') return ['npipe:////./pipe/docker_engine'];
  const sockets = [
    '/var/run/docker.sock',
    join(env['XDG_RUNTIME_DIR'] || '/run/user/none', 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(home, '.rd/docker.sock'),
    join(home, '.colima/default/docker.sock'),
  ];
  return sockets.filter((path) => existsSync(path)).map((path) => `unix://${path}`);
}

/** Where an engine may be, in the order in which the panel looks, too: DOCKER_HOST alone, else context, else sockets. */
export function candidates(env = process.env, home = env['HOME'] || homedir()) {
  if (env['DOCKER_HOST']) return [env['DOCKER_HOST']];
  const context = contextEndpoint(env, home);
  return context ? [context] : defaultEndpoints(env, home);
}

/**
 * The first endpoint at which an engine answers; undefined when none does. An ssh or TLS endpoint cannot be asked from
 * here and is believed.
 */
export async function findEngine(env = process.env) {
  for (const endpoint of candidates(env)) {
    const secured = endpoint.startsWith('ssh://') || (endpoint.startsWith('tcp://') && env['DOCKER_TLS_VERIFY']);
    if (secured || (await pings(endpoint))) return endpoint;
  }
  return undefined;
}
