import type { HttpReply } from '#api/serve/http.ts';
import type { AccessLog } from './access-log.ts';
import { allTaken, json, noRoom } from './replies.ts';
import type { Holder } from './session-book.ts';
import type { Sessions } from './sessions.ts';

/** The session of somebody who has proved who they are, or why there is none for them; either is written down first. */
export async function enter(holder: Holder, sessions: Sessions, log: AccessLog): Promise<HttpReply> {
  const session = sessions.open(holder);
  if (session !== undefined) {
    await log.entered(holder);
    return json({ session });
  }
  await log.refused(holder.user.name, holder.origin, allTaken);
  return noRoom();
}
