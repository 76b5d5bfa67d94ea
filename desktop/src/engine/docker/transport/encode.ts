import { Readable } from 'node:stream';
import type { RequestOptions } from '../transport.ts';

/** The query without its undefined values, each as text. */
export function encodeQuery(query: RequestOptions['query']): Record<string, string | readonly string[]> {
  const encoded: Record<string, string | readonly string[]> = {};
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) encoded[key] = typeof value === 'object' ? value : String(value);
  }
  return encoded;
}

export function isReadable(body: unknown): body is NodeJS.ReadableStream {
  return body instanceof Readable || (typeof body === 'object' && body !== null && 'pipe' in body && 'on' in body);
}

/** The body as bytes or stream, with a Content-Type where the caller gave none. */
export function encodeBody(
  body: unknown,
  headers: Readonly<Record<string, string>>,
): { body: Buffer | NodeJS.ReadableStream | undefined; headers: Readonly<Record<string, string>> } {
  if (body === undefined) return { body, headers };
  const bytes = body instanceof Uint8Array;
  const raw = bytes || isReadable(body);
  const { 'Content-Type': given = raw ? 'application/octet-stream' : 'application/json', ...others } = named(headers);
  const withType = { ...others, 'Content-Type': given };
  if (bytes) return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength), headers: withType };
  if (isReadable(body)) return { body, headers: withType };
  return { body: Buffer.from(JSON.stringify(body)), headers: withType };
}

/** docker-modem looks Content-Type up under exactly this name. */
function named(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase() === 'content-type' ? 'Content-Type' : key, value]),
  );
}
