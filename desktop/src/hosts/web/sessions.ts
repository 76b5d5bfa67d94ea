import { newSecret, SecretTable } from './secrets.ts';

/** How long a link may be opened after it was made. */
export const linkLifetimeMs = 60_000;
/** How long a session without any open connection is kept. */
export const idleSessionMs = 30 * 60_000;
const maxSocketsPerSession = 8;
const maxLinks = 16;
const maxSessions = 64;

interface Link {
  readonly expires: number;
}

interface Session {
  sockets: number;
  lastSeen: number;
}

/** A place for one connection of a session. `release` may be called more than once. */
export interface Lease {
  release(): void;
}

/**
 * Who may talk to this host. A link carries a token that buys one session, once, within 60 seconds; a session is a
 * bearer secret that the page keeps for its tab, and that may ask for a link for another tab.
 */
export interface Sessions {
  /** A token for a new link; undefined while too many unused ones are about. */
  issueLink(): string | undefined;
  /** Spends a token and gives the secret of a new session. */
  exchange(token: string): string | undefined;
  /** A token for another tab of whoever holds this session. */
  linkFor(session: string): string | undefined;
  /** Whether the secret is that of a session that still lives. */
  knows(session: string): boolean;
  /** Takes one of the eight connections of a session. */
  lease(session: string): Lease | 'unknown' | 'full';
}

/** `now` gives milliseconds that never go back. */
export function createSessions(now: () => number = () => performance.now()): Sessions {
  const links = new SecretTable<Link>();
  const sessions = new SecretTable<Session>();

  const sweep = (): void => {
    const time = now();
    links.removeWhere((link) => link.expires <= time);
    sessions.removeWhere((session) => session.sockets === 0 && session.lastSeen + idleSessionMs <= time);
  };

  const issueLink = (): string | undefined => {
    sweep();
    if (links.size >= maxLinks) return undefined;
    const token = newSecret();
    links.add(token, { expires: now() + linkLifetimeMs });
    return token;
  };

  return {
    issueLink,
    exchange(token) {
      sweep();
      const link = links.find(token);
      if (!link || sessions.size >= maxSessions) return undefined;
      links.removeWhere((candidate) => candidate === link);
      const secret = newSecret();
      sessions.add(secret, { sockets: 0, lastSeen: now() });
      return secret;
    },
    linkFor(session) {
      sweep();
      const found = sessions.find(session);
      if (!found) return undefined;
      found.lastSeen = now();
      return issueLink();
    },
    knows(secret) {
      sweep();
      return sessions.find(secret) !== undefined;
    },
    lease(secret) {
      sweep();
      const session = sessions.find(secret);
      if (!session) return 'unknown';
      if (session.sockets >= maxSocketsPerSession) return 'full';
      return leaseOf(session, now);
    },
  };
}

function leaseOf(session: Session, now: () => number): Lease {
  let held = true;
  session.sockets += 1;
  return {
    release() {
      if (!held) return;
      held = false;
      session.sockets -= 1;
      session.lastSeen = now();
    },
  };
}
