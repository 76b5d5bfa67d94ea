import { onBehalfOf } from '#engine/actor.ts';
import type { AccessDeed, Engine } from '#engine/types.ts';
import { createFailureLimit } from './failure-limit.ts';
import type { Holder, Session, Why } from './session-book.ts';

/** Of attempts that fail, this many are written down one by one within a quarter of an hour: whoever guesses does not fill the disk. */
const listedFailures = 30;
const windowMs = 15 * 60_000;

/** Writes down in the activity log who came in, could not, went, or was sent out; nothing of what they typed but the name of an account. */
export interface AccessLog {
  entered(holder: Holder): Promise<void>;
  /** `name`: of an account that there is; absent = nobody that is known, as a name may be a password in the wrong field. */
  refused(name: string | undefined, from: string, why?: string): Promise<void>;
  /** Somebody ended a session, their own or another's. */
  ended(by: Session, ended: Session): void;
  /** A session ended by itself. */
  over(ended: Session, why: Why): void;
  /** The users file has another account of that name now, or none, so its sessions have ended. */
  changed(name: string): void;
  /** Attempts that failed and were not listed are written down as a number. */
  close(): Promise<void>;
}

/** Where nothing can be written nobody is kept out for it; `onTrouble` is told. */
export function createAccessLog(
  activity: Pick<Engine['activity'], 'access'>,
  onTrouble: (error: unknown) => void,
): AccessLog {
  const failures = createFailureLimit(listedFailures, windowMs);
  const unlisted: { count: number; timer?: NodeJS.Timeout } = { count: 0 };
  const write = async (deed: AccessDeed, name?: string, origin?: string): Promise<void> => {
    try {
      await onBehalfOf(name === undefined ? undefined : { name, origin }, () => activity.access(deed));
    } catch (error) {
      onTrouble(error);
    }
  };
  const tellUnlisted = async (): Promise<void> => {
    const { count, timer } = unlisted;
    clearTimeout(timer);
    unlisted.count = 0;
    if (count === 0) return;
    await write(
      { kind: 'sign-in', outcome: 'failed', summary: `Further attempts that failed, not listed one by one: ${count}.` },
      '',
    );
  };
  return {
    entered: ({ user, origin }) => write({ kind: 'sign-in', outcome: 'done' }, user.name, origin),
    async refused(name, from, why) {
      if (!failures.failed()) {
        const summary = why === undefined ? {} : { summary: why };
        return write({ kind: 'sign-in', outcome: 'failed', ...summary }, name ?? '', from);
      }
      unlisted.count += 1;
      if (unlisted.count === 1) unlisted.timer = setTimeout(() => void tellUnlisted(), windowMs).unref();
    },
    ended({ id, holder }, ended) {
      const own = id === ended.id;
      const deed: AccessDeed = own
        ? { kind: 'sign-out', outcome: 'done' }
        : { kind: 'revoke', outcome: 'done', target: ended.holder.user.name };
      if (isSignedIn(ended.holder)) void write(deed, holder.user.name, holder.origin);
    },
    over({ holder }, why) {
      const deed: AccessDeed = { kind: 'sign-out', outcome: 'done', summary: whys[why] };
      if (isSignedIn(holder)) void write(deed, holder.user.name, holder.origin);
    },
    changed(name) {
      const summary = 'The users file has another role or password for them, has them no more, or cannot be read.';
      void write({ kind: 'revoke', outcome: 'done', target: name, summary });
    },
    close: tellUnlisted,
  };
}

const whys: Readonly<Record<Why, string>> = {
  idle: 'The session ended by itself: no page of it was open for 30 minutes.',
  old: 'The session ended by itself: it had lasted 12 hours, the most that one may.',
  replaced: 'The session ended by itself: they opened more than eight, and it was the oldest.',
};

/** Whoever opened a link has no account. */
function isSignedIn({ stamp, subject }: Holder): boolean {
  return stamp !== undefined || subject !== undefined;
}
