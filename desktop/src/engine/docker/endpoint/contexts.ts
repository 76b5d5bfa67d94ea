import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { say } from '#kit/say.ts';
import type { Endpoint } from '../types.ts';
import { endpointError } from './failure.ts';
import { namesIn, readIfThere, readJsonIfThere } from './files.ts';
import { parseAddress } from './parse-address.ts';

type Tls = NonNullable<Endpoint['tls']>;

const metaShape = z.object({
  Name: z.string().optional(),
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }).optional(),
  }),
});
const configShape = z.object({ currentContext: z.string().optional() });

/** The context that the configuration names; undefined for none and for `default`. */
export async function currentContext(configDir: string): Promise<string | undefined> {
  const file = join(configDir, 'config.json');
  const name = (await readJsonIfThere(file, configShape, file))?.currentContext ?? '';
  return name === '' || name === 'default' ? undefined : name;
}

/** Reads ca.pem, cert.pem and key.pem of a folder; those that are missing are left out. */
export async function readTls(folder: string, verify: boolean, source: string): Promise<Tls> {
  const read = (name: string): Promise<string | undefined> => readIfThere(join(folder, name), source);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? 'cert.pem' : 'key.pem';
    throw endpointError(
      say`${join(folder, missing)} is missing`,
      say`A client needs both cert.pem and key.pem.`,
      source,
    );
  }
  return {
    verify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function knownContexts(configDir: string): Promise<string> {
  const folder = join(configDir, 'contexts', 'meta');
  const names: string[] = [];
  for (const id of await namesIn(folder)) {
    // A broken neighbour must not hide the answer to "which ones are there?".
    const meta = await readJsonIfThere(join(folder, id, 'meta.json'), metaShape, id).catch(() => undefined);
    if (meta?.Name !== undefined) names.push(meta.Name);
  }
  return names.length === 0 ? say`There are none here.` : say`There are: ${names.sort().join(', ')}.`;
}

/** The endpoint of a stored docker context. Throws ENGINE_ENDPOINT where it is unknown, broken or has no engine. */
export async function readContext(name: string, configDir: string, platform: NodeJS.Platform): Promise<Endpoint> {
  const source = say`context ${name}`;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJsonIfThere(join(configDir, 'contexts', 'meta', id, 'meta.json'), metaShape, source);
  if (meta === undefined) {
    const remedy = say`${await knownContexts(configDir)} Create it with \`docker context create\` or choose another one.`;
    throw endpointError(say`There is no docker context "${name}" in ${configDir}`, remedy, source);
  }
  const { docker } = meta.Endpoints;
  if (docker === undefined) {
    throw endpointError(say`The docker context "${name}" names no engine`, say`Choose another context.`, source);
  }
  const address = parseAddress(docker.Host, source, platform);
  const skipVerify = docker.SkipTLSVerify === true;
  const tls = await readTls(join(configDir, 'contexts', 'tls', id, 'docker'), !skipVerify, source);
  const secure = address.secure || skipVerify || tls.ca !== undefined || tls.cert !== undefined;
  return { url: address.url, source, ...(address.scheme === 'tcp' && secure ? { tls } : {}) };
}
