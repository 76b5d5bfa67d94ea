import { randomUUID } from 'node:crypto';
import type { Caller } from '#api/access.ts';
import type { User } from '#contract/index.ts';
import { newSecret, SecretTable } from './secrets.ts';
import { ownOrAll, viewOf } from './session-view.ts';

/** How long a link may be opened after it was made. */
export const linkLifetimeMs = 60_000;
/** How long a session without any open connection is kept. */
export const idleSessionMs = 30 * 60_000;
const maxLinks = 16;
/** Of all people together. */
export const maxSessions = 64;

/**
 * Who a session is for and where it came from. `stamp`: of the account as it was; `subject`: whose it is at the provider. Whoever
 * opened a link has neither.
 */
export interface Holder {
  readonly user: User;
  readonly origin: string;
  readonly agent: string;
  readonly stamp?: string;
  readonly subject?: string;
}

export interface Link {
  readonly expires: number;
  /** The session in which it was asked for; absent = printed for the owner. */
  readonly from?: Session;
}

/** What is known of a session; times are milliseconds of the clock that never goes back, `startedAt` is ISO. */
export interface Session {
  readonly id: string;
  readonly holder: Holder;
  readonly startedAt: string;
  readonly began: number;
  readonly deadline: number | undefined;
  lastSeen: number;
  /** Each ends one open connection. */
  readonly sockets: Set<() => void>;
}

/** Told when somebody ends a session, their own or another's. */
export type OnEnded = (by: Session, ended: Session) => void;

/** Why a session ended by itself: nobody had a page open, it had lasted as long as one may, or a newer one took its place. */
export type Why = 'idle' | 'old' | 'replaced';
export type OnOver = (ended: Session, why: Why) => void;

/** The links and sessions that there are, and how they begin and end. */
export class SessionBook {
  readonly links = new SecretTable<Link>();
  readonly sessions = new SecretTable<Session>();
  readonly #now: () => number;
  readonly #onEnded: OnEnded;
  readonly #onOver: OnOver;

  constructor(now: () => number, onEnded: OnEnded, onOver: OnOver) {
    this.#now = now;
    this.#onEnded = onEnded;
    this.#onOver = onOver;
  }

  /** With them go their connections and the links that were asked for in them. */
  endWhere(test: (session: Session) => boolean): void {
    const ended = this.sessions.values().filter(test);
    this.sessions.removeWhere((session) => ended.includes(session));
    this.links.removeWhere(({ from }) => from !== undefined && ended.includes(from));
    for (const { sockets } of ended) for (const end of [...sockets]) end();
  }

  endByItself(session: Session, why: Why): void {
    this.endWhere((one) => one === session);
    this.#onOver(session, why);
  }

  /** Gives the holders who were refused. */
  sweep(refused: (holder: Holder) => boolean = () => false): readonly Holder[] {
    const time = this.#now();
    this.links.removeWhere((link) => link.expires <= time);
    for (const session of this.sessions.values()) {
      const why = whyOver(session, time);
      if (why !== undefined) this.endByItself(session, why);
    }
    const sentOut = this.sessions.values().filter(({ holder }) => refused(holder));
    this.endWhere((session) => sentOut.includes(session));
    return sentOut.map(({ holder }) => holder);
  }

  /** A token; undefined while too many unused ones are about. */
  issue(from?: Session): string | undefined {
    this.sweep();
    if (this.links.size >= maxLinks) return undefined;
    const token = newSecret();
    this.links.add(token, { expires: this.#now() + linkLifetimeMs, ...(from === undefined ? {} : { from }) });
    return token;
  }

  /** A secret; undefined while there are too many sessions. */
  begin(holder: Holder, deadline: number | undefined): string | undefined {
    if (this.sessions.size >= maxSessions) return undefined;
    const secret = newSecret();
    const began = this.#now();
    this.sessions.add(secret, {
      id: randomUUID(),
      holder,
      startedAt: new Date().toISOString(),
      began,
      deadline,
      lastSeen: began,
      sockets: new Set(),
    });
    return secret;
  }

  callerOf(session: Session): Caller {
    const { user, origin, stamp, subject } = session.holder;
    return {
      user,
      ...(stamp === undefined && subject === undefined ? {} : { actor: { name: user.name, origin } }),
      sessions: {
        list: () => this.#open(session).map((one) => viewOf(one, session, this.#now())),
        end: (id) => {
          const found = this.#open(session).find((one) => one.id === id);
          if (found !== undefined) this.#onEnded(session, found);
          this.endWhere((one) => one === found);
          return found !== undefined;
        },
      },
    };
  }

  /** The sessions that are open to whoever asks. */
  #open(asking: Session): readonly Session[] {
    return ownOrAll(asking, this.sessions.values());
  }
}

function whyOver({ sockets, lastSeen, deadline }: Session, time: number): Why | undefined {
  if (deadline !== undefined && deadline <= time) return 'old';
  return sockets.size === 0 && lastSeen + idleSessionMs <= time ? 'idle' : undefined;
}
