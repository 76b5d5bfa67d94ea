import type { HttpReply } from '#api/serve/http.ts';
import { maxSessions } from './session-book.ts';

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

/** The session of somebody who has proved who they are, or why there is none for them. */
export function entered(session: string | undefined): HttpReply {
  if (session !== undefined) return json({ session });
  const message = `All ${maxSessions} sessions of this panel are taken.`;
  const remedy =
    'Somebody who is in can end sessions under Settings, an admin those of all; one without an open page ends by itself after 30 minutes.';
  const { headers, ...reply } = json({ message, remedy }, 503);
  return { ...reply, headers: { ...headers, 'Retry-After': '60' } };
}
