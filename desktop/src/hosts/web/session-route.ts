import type { HttpReply, HttpRequest } from '#api/serve/http.ts';
import type { FailureLimit } from './failure-limit.ts';
import { headerOf } from './guard.ts';
import { json, noRoom, tooMany as tooManyFor } from './replies.ts';
import type { Sessions } from './sessions.ts';

const tooMany = tooManyFor(60);

/**
 * POST /session. `{"token"}` from a link gives `{"session"}`, once; `{"session"}` gives `{"token"}` for a link to another
 * tab. Anything else is 400, a token or session that is not valid any more 401, too many of those 429, a good token while all
 * sessions are taken 503.
 */
export async function answerSession(
  request: HttpRequest,
  sessions: Sessions,
  failures: FailureLimit,
): Promise<HttpReply> {
  if (request.method !== 'POST') return { status: 405, headers: { Allow: 'POST' } };
  const asked = parse(await request.body());
  if (!asked) return { status: 400 };
  const from = { origin: request.address, agent: headerOf(request, 'user-agent') ?? '' };
  const given = asked.kind === 'token' ? sessions.exchange(asked.secret, from) : sessions.linkFor(asked.secret);
  // A session with too many unused links is not signed out for it.
  if (given === undefined && asked.kind === 'session' && sessions.knows(asked.secret)) return tooMany;
  // A link that finds no room is not used up: it opens once there is some.
  if (given === undefined && asked.kind === 'token' && sessions.awaits(asked.secret)) return noRoom();
  if (given === undefined) {
    return failures.failed() ? tooMany : { status: 401 };
  }
  return json(asked.kind === 'token' ? { session: given } : { token: given });
}

function parse(body: Uint8Array): { kind: 'token' | 'session'; secret: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  if ('token' in value && typeof value.token === 'string') return { kind: 'token', secret: value.token };
  if ('session' in value && typeof value.session === 'string') return { kind: 'session', secret: value.session };
  return undefined;
}
