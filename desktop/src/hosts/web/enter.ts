import type { HttpReply } from '#api/serve/http.ts';
import type { AccessLog } from './access-log.ts';
import { json } from './replies.ts';
import { type Holder, maxSessions } from './session-book.ts';
import type { Sessions } from './sessions.ts';

/** The session of somebody who has proved who they are, or why there is none for them; either is written down first. */
export async function enter(holder: Holder, sessions: Sessions, log: AccessLog): Promise<HttpReply> {
  const session = sessions.open(holder);
  const message = `All ${maxSessions} sessions of this panel are taken.`;
  if (session !== undefined) {
    await log.entered(holder);
    return json({ session });
  }
  await log.refused(holder.user.name, holder.origin, message);
  const remedy =
    'Somebody who is in can end sessions under Settings, an admin those of all; one without an open page ends by itself after 30 minutes.';
  const { headers, ...reply } = json({ message, remedy }, 503);
  return { ...reply, headers: { ...headers, 'Retry-After': '60' } };
}
