import type { z } from 'zod';
import { distribution } from '../calls/shapes.ts';
import { json, type Transport } from '../transport.ts';
import type { KeptLogins, RemoteImage } from '../types.ts';
import { findCredentials } from './auth.ts';
import { encodeRegistryAuth } from './auth-header.ts';
import { fromRegistry, namedImage, pullError } from './pull-errors.ts';
import { familiarReference } from './reference.ts';

interface AskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly kept?: KeptLogins | undefined;
  readonly deadlineMs: number;
}

/** Has the engine look an image up in its registry. Throws what a pull of it would throw. */
export async function askRegistry(
  transport: Transport,
  image: string,
  { env, kept, deadlineMs }: AskOptions,
): Promise<RemoteImage> {
  const reference = namedImage(image);
  const { auth, problem } = await findCredentials(reference.domain, { env, kept });
  const headers = auth === undefined ? {} : { 'X-Registry-Auth': encodeRegistryAuth(auth) };
  const path = `/distribution/${familiarReference(reference)}/json`;
  try {
    return toRemote(await json(transport, distribution, { method: 'GET', path, headers, deadlineMs }));
  } catch (error) {
    if (!fromRegistry(error)) throw error;
    const login = { loggedIn: auth !== undefined, ...(problem === undefined ? {} : { loginProblem: problem }) };
    throw pullError({ reference, reason: error.message, ...login });
  }
}

function toRemote({ Platforms }: z.infer<typeof distribution>): RemoteImage {
  const known = Platforms.filter(({ os, architecture }) => os !== '' && architecture !== '' && os !== 'unknown');
  return { platforms: known.map(({ os, architecture }) => `${os}/${architecture}`) };
}
