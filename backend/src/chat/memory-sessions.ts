import type { Session, SessionStore } from './ports.ts';

export interface SessionLimits {
  /** The session longest unused is forgotten when there are more. */
  readonly capacity: number;
  /** A session unused for so long is forgotten; milliseconds. */
  readonly idleMs: number;
}

const usual: SessionLimits = { capacity: 10_000, idleMs: 30 * 60_000 };

/** Sessions in memory, bounded in number and age. */
export class MemorySessions implements SessionStore {
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  /** In the order of their last use. */
  readonly #sessions = new Map<string, { readonly session: Session; readonly usedAt: number }>();

  /** `now`: milliseconds that never go back. */
  constructor(limits: Partial<SessionLimits> = {}, now: () => number = () => performance.now()) {
    this.#limits = { ...usual, ...limits };
    this.#now = now;
  }

  get(id: string): Promise<Session | undefined> {
    this.#forgetIdle();
    return Promise.resolve(this.#sessions.get(id)?.session);
  }

  save(session: Session): Promise<void> {
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, { session, usedAt: this.#now() });
    this.#forgetIdle();
    const oldest = this.#sessions.keys().next();
    if (this.#sessions.size > this.#limits.capacity && oldest.done !== true) this.#sessions.delete(oldest.value);
    return Promise.resolve();
  }

  #forgetIdle(): void {
    const before = this.#now() - this.#limits.idleMs;
    for (const [id, { usedAt }] of this.#sessions) {
      if (usedAt > before) return;
      this.#sessions.delete(id);
    }
  }
}
