/** Whether there is a shop to ask: `down` is the shop's doing, `offline` this machine's. */
export type Reach = 'up' | 'down' | 'offline';

export interface ReachDeps {
  /** Whether the shop answers; never rejects. */
  readonly probe: () => Promise<boolean>;
  readonly isOnline: () => boolean;
}

/** Longer than the server in front may believe in a shop that is gone. */
const firstDelayMs = 3500;
const maxDelayMs = 8000;

/** Knows whether the shop can be reached. Asks it once at the start, and again and again only while it cannot. */
export class ReachMonitor {
  readonly #deps: ReachDeps;
  readonly #listeners = new Set<() => void>();
  #reach: Reach = 'up';
  #delayMs = firstDelayMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: ReachDeps) {
    this.#deps = deps;
  }

  readonly get = (): Reach => this.#reach;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks now: at the start, when the machine goes online or offline, when the page is looked at again. */
  readonly look = async (): Promise<void> => {
    if (!this.#deps.isOnline()) {
      this.#set('offline');
      return;
    }
    const up = await this.#deps.probe();
    if (up) this.#set('up');
    else this.reportDown();
  };

  /** A request could not reach the shop. */
  reportDown(): void {
    this.#set(this.#deps.isOnline() ? 'down' : 'offline');
    if (this.#reach === 'down') this.#lookLater();
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 1.4, maxDelayMs);
  }

  #set(reach: Reach): void {
    if (reach !== 'down') clearTimeout(this.#timer);
    if (reach === 'up') this.#delayMs = firstDelayMs;
    if (reach === this.#reach) return;
    this.#reach = reach;
    for (const listener of this.#listeners) listener();
  }
}
