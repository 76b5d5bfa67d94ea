import type { HttpReply } from '#api/serve/http.ts';
import { maxSessions } from './session-book.ts';

/** For whoever has to wait that many seconds. */
export function tooMany(seconds: number): HttpReply {
  return { status: 429, headers: { 'Retry-After': String(seconds) } };
}

export const allTaken = `All ${maxSessions} sessions of this panel are taken.`;

/** For whoever may come in and finds no room, with the way out. */
export function noRoom(): HttpReply {
  const remedy =
    'Somebody who is in can end sessions under Settings, an admin those of all; one without an open page ends by itself after 30 minutes.';
  const { headers, ...reply } = json({ message: allTaken, remedy }, 503);
  return { ...reply, headers: { ...headers, 'Retry-After': '60' } };
}

/** A value that nobody keeps on the way. */
export function json(value: object, status = 200): HttpReply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  };
}
