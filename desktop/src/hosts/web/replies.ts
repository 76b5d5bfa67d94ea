import type { HttpReply } from '#api/serve/http.ts';

/** For whoever has to wait that many seconds. */
export function tooMany(seconds: number): HttpReply {
  return { status: 429, headers: { 'Retry-After': String(seconds) } };
}

/** A value that nobody keeps on the way. */
export function json(value: object, status = 200): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  };
}
