import type { SessionView } from '#contract/index.ts';
import type { Holder, Session } from './session-book.ts';

const longestAgent = 200;

/** An admin sees and ends every session, everybody else their own. */
export function ownOrAll(asking: Session, all: readonly Session[]): readonly Session[] {
  if (asking.holder.user.role === 'admin') return all;
  return all.filter(({ holder }) => isSamePerson(holder, asking.holder));
}

/** Two people can be called the same at a provider. */
export function isSamePerson(one: Holder, other: Holder): boolean {
  return one.user.name === other.user.name && one.subject === other.subject;
}

/** A session as it is shown; `now` is of the same clock as its times. */
export function viewOf(session: Session, asking: Session, now: number): SessionView {
  const { id, holder, startedAt, began, lastSeen, deadline, sockets } = session;
  const wall = (time: number): string => new Date(Date.parse(startedAt) + time - began).toISOString();
  return {
    id,
    user: holder.user,
    startedAt,
    lastSeenAt: wall(sockets.size > 0 ? now : lastSeen),
    ...(deadline === undefined ? {} : { endsAt: wall(deadline) }),
    origin: holder.origin,
    agent: holder.agent.slice(0, longestAgent),
    connections: sockets.size,
    current: session === asking,
  };
}
