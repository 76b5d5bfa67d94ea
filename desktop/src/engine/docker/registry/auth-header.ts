import type { RegistryAuth } from '../types.ts';

/** Value of the header X-Registry-Auth: base64url that keeps its padding, which the engine insists on. */
export function encodeRegistryAuth(auth: RegistryAuth): string {
  const unpadded = Buffer.from(JSON.stringify(auth)).toString('base64url');
  return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
}
