import { setImmediate as nextTurn } from 'node:timers/promises';

/** Sockets rest this long between two reads. */
const TICK_MS = 8;
/** What a system counts for each piece that waits in a socket, besides its bytes. */
const PIECE_BYTES = 640;
/**
 * More than so much within a tick is not let wait: it is half of what a socket holds by default, and an engine that has to
 * wait is slow for everybody.
 */
const FLOOD_BYTES = 100 * 1024;
/** How long a flood is watched before it is believed to be over. */
const FLOOD_MS = 50;

/**
 * Lets sockets rest between reads, all of them until the same moment: what comes in line by line is then read many lines at
 * a time, which costs a fraction. What comes behind a silence is read at once, and a flood is never held up.
 */
export class Pacer {
  readonly #resting = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** Calls `wake` at the end of the tick, unless `forget` calls it off. */
  rest(wake: () => void): void {
    this.#resting.add(wake);
    this.#timer ??= setTimeout(() => {
      this.#wake();
    }, TICK_MS);
  }

  /** Ends the tick: resolves when what the sockets hold has been read, as far as it takes one read. */
  async catchUp(): Promise<void> {
    if (this.#resting.size === 0) return;
    clearTimeout(this.#timer);
    this.#wake();
    // Sockets are looked at between one turn and the next.
    await nextTurn();
    await nextTurn();
  }

  #wake(): void {
    this.#timer = undefined;
    const woken = [...this.#resting];
    this.#resting.clear();
    for (const one of woken) one();
  }

  forget(wake: () => void): void {
    this.#resting.delete(wake);
    if (this.#resting.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** What the socket gave. */
interface Taken {
  readonly bytes: number;
  /** In so many the engine sent them. */
  readonly pieces: number;
  /** The buffer was too small for all of it. */
  readonly more: boolean;
}

/** Tells a flood from what may rest. */
export class Flow {
  #weight = 0;
  #since = 0;
  #flood = false;

  /** Whether the socket may rest after a read. */
  mayRest({ bytes, pieces, more }: Taken, now: number): boolean {
    this.#weight += bytes + pieces * PIECE_BYTES;
    if (!this.#flood) {
      this.#flood = this.#weight > FLOOD_BYTES;
      const rests = !this.#flood && !more;
      if (this.#flood || rests) this.#begin(now);
      return rests;
    }
    const lasted = now - this.#since;
    if (lasted < FLOOD_MS) return false;
    this.#flood = this.#weight / lasted > FLOOD_BYTES / TICK_MS;
    this.#begin(now);
    return !this.#flood;
  }

  #begin(now: number): void {
    this.#weight = 0;
    this.#since = now;
  }
}
