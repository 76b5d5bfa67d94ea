import { type Caller, owner } from '#api/access.ts';
import { type Holder, type OnEnded, type OnOver, SessionBook } from './session-book.ts';
import { isSamePerson } from './session-view.ts';

/** How long a session of somebody who signed in lasts at most, connected or not. */
export const longestSessionMs = 12 * 60 * 60_000;
const maxSocketsPerSession = 8;
const maxSessionsPerUser = 8;

/** A place for one connection of a session. `release` may be called more than once. */
export interface Lease {
  readonly caller: Caller;
  release(): void;
}

/**
 * Who may talk to this host. A link carries a token that buys one session, once, within 60 seconds; whoever signs in gets one for
 * their password. A session is a bearer secret that the page keeps for its tab, and that may ask for a link for another tab.
 */
export interface Sessions {
  /** A token for a new link; undefined while too many unused ones are about. */
  issueLink(): string | undefined;
  /** Spends a token and gives the secret of a new session; undefined, with the token as good as before, while there are too many. */
  exchange(token: string, from: Pick<Holder, 'origin' | 'agent'>): string | undefined;
  /** Whether the token is that of a link that may still be opened. */
  awaits(token: string): boolean;
  /** The secret of a new session for somebody who signed in; the oldest of many of theirs ends for it. Undefined = too many in all. */
  open(holder: Holder): string | undefined;
  /** A token for another tab of whoever holds this session. */
  linkFor(session: string): string | undefined;
  /** Whether the secret is that of a session that still lives. */
  knows(session: string): boolean;
  /** Takes one of the eight connections of a session; `end` is called when the session ends before the connection does. */
  lease(session: string, end: () => void): Lease | 'unknown' | 'full';
  /** Ends all that are over their time, and all whose holder is refused here; gives those holders. */
  sweep(refused?: (holder: Holder) => boolean): readonly Holder[];
}

/** `now` gives milliseconds that never go back. */
export function createSessions(
  now: () => number = () => performance.now(),
  onEnded: OnEnded = () => undefined,
  onOver: OnOver = () => undefined,
): Sessions {
  const book = new SessionBook(now, onEnded, onOver);
  const find = (secret: string) => {
    book.sweep();
    return book.sessions.find(secret);
  };
  return {
    issueLink: () => book.issue(),
    exchange(token, from) {
      book.sweep();
      const link = book.links.find(token);
      if (!link) return undefined;
      const { holder = { user: owner.user }, deadline } = link.from ?? {};
      const secret = book.begin({ ...holder, ...from }, deadline);
      if (secret !== undefined) book.links.removeWhere((candidate) => candidate === link);
      return secret;
    },
    awaits(token) {
      book.sweep();
      return book.links.find(token) !== undefined;
    },
    open(holder) {
      book.sweep();
      const own = book.sessions.values().filter((one) => isSamePerson(one.holder, holder));
      const [oldest] = own;
      if (oldest !== undefined && own.length >= maxSessionsPerUser) book.endByItself(oldest, 'replaced');
      return book.begin(holder, now() + longestSessionMs);
    },
    linkFor(secret) {
      const found = find(secret);
      if (!found) return undefined;
      found.lastSeen = now();
      return book.issue(found);
    },
    knows: (secret) => find(secret) !== undefined,
    lease(secret, end) {
      const session = find(secret);
      if (!session) return 'unknown';
      if (session.sockets.size >= maxSocketsPerSession) return 'full';
      // Its own, also where the same function is given twice.
      const mine = (): void => {
        end();
      };
      session.sockets.add(mine);
      return {
        caller: book.callerOf(session),
        release() {
          if (session.sockets.delete(mine)) session.lastSeen = now();
        },
      };
    },
    sweep: (refused) => book.sweep(refused),
  };
}
