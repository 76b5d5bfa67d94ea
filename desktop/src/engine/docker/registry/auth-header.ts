/** Value of the headers X-Registry-Auth and X-Registry-Config: base64url that keeps its padding, on which the engine insists. */
export function encodeRegistryAuth(auth: object): string {
  const unpadded = Buffer.from(JSON.stringify(auth)).toString('base64url');
  return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=');
}
