import type { Session, SessionStore } from './ports.ts';

/** Sessions in memory; the one longest unused is forgotten when there are more than `capacity`. */
export class MemorySessions implements SessionStore {
  readonly #capacity: number;
  readonly #sessions = new Map<string, Session>();

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  get(id: string): Promise<Session | undefined> {
    return Promise.resolve(this.#sessions.get(id));
  }

  save(session: Session): Promise<void> {
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
    const oldest = this.#sessions.keys().next();
    if (this.#sessions.size > this.#capacity && oldest.done !== true) this.#sessions.delete(oldest.value);
    return Promise.resolve();
  }
}
