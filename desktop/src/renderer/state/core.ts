import type { Connection } from '#client/index.ts';
import type { Problem } from '#contract/index.ts';
import { localTimes } from '#kit/local-time.ts';
import { t } from '#words/index.ts';

/** What the stores need of the connection, so that tests can give a core of their own. */
export type Core = Pick<Connection, 'client' | 'connected' | 'refusal' | 'state'>;

/** Shown where a call got no answer at all, because the transport broke under it. */
const brokenOff: Problem = {
  code: 'INTERNAL',
  // In the language of whoever looks at it, which may be another by then.
  get message() {
    return t('app:brokenOff');
  },
  get remedy() {
    return t('app:brokenOffRemedy');
  },
};

export function problemFrom(core: Core, error: unknown): Problem {
  const refused = core.refusal(error);
  return refused === undefined ? brokenOff : inLocalTime(refused);
}

/** With the instants in its message as times of this machine. */
export function inLocalTime(problem: Problem): Problem {
  return { ...problem, message: localTimes(problem.message) };
}

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Asked after an await, where what was known of a signal before need not hold any more. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
