import type { EngineEvent } from '../types.ts';

/** The engine replays at most 256 events. */
const remembered = 512;

/** Remembers the last events, so that those replayed after a reconnection are not told twice. */
export class RecentEvents {
  readonly #keys = new Set<string>();

  /** True the first time; the event is remembered. */
  isNew(event: EngineEvent): boolean {
    const key = [event.timeNano, event.type, event.action, event.detail ?? '', event.id].join('\n');
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > remembered) {
      for (const oldest of this.#keys) {
        this.#keys.delete(oldest);
        break;
      }
    }
    return true;
  }
}
