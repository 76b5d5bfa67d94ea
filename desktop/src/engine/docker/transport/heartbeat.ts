import { QuaysideError } from '#contract/index.ts';

export interface HeartbeatOptions {
  /** Milliseconds without a byte from the engine after which it is pinged. */
  readonly quietMs: number;
  /** Deadlines of the first ping and of the second, which is tried only where the first timed out. */
  readonly pingMs: readonly [number, number];
}

export const defaultHeartbeat: HeartbeatOptions = { quietMs: 30_000, pingMs: [2_000, 5_000] };

type Kill = (error: QuaysideError) => void;

/**
 * Watches open streams, which have no socket timeout: where nothing came from the engine for `quietMs`, one ping asks
 * whether it is still there, and its failure ends every watched stream with the ping's error. Idle while nothing is open.
 */
export class Heartbeat {
  readonly #ping: (deadlineMs: number) => Promise<void>;
  readonly #options: HeartbeatOptions;
  readonly #watched = new Set<Kill>();
  #lastByte = 0;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;

  constructor(ping: (deadlineMs: number) => Promise<void>, options: HeartbeatOptions) {
    this.#ping = ping;
    this.#options = options;
  }

  /** Watches one stream until the returned function is called; `kill` is called at most once. */
  watch(kill: Kill): () => void {
    // A wrapper of its own, so that the same function given twice counts twice.
    const entry: Kill = (error) => {
      kill(error);
    };
    this.#watched.add(entry);
    if (this.#watched.size === 1) {
      this.touch();
      this.#schedule(this.#options.quietMs);
    }
    return () => {
      this.#watched.delete(entry);
      if (this.#watched.size === 0) clearTimeout(this.#timer);
    };
  }

  /** Tells that something came from the engine. */
  touch(): void {
    this.#lastByte = performance.now();
  }

  /** Tells that a call went unanswered: asks at once, not only after `quietMs`. */
  suspect(): void {
    if (this.#watched.size > 0) void this.#ask();
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const left = this.#lastByte + this.#options.quietMs - performance.now();
      if (left > 0) this.#schedule(left);
      else void this.#ask();
    }, delayMs);
    this.#timer.unref();
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      await this.#pingTwice();
      this.touch();
    } catch (error) {
      const known = error instanceof QuaysideError ? error : new QuaysideError('INTERNAL', String(error));
      const ended = [...this.#watched];
      this.#watched.clear();
      for (const kill of ended) kill(known);
    } finally {
      this.#asking = false;
      if (this.#watched.size > 0) this.#schedule(this.#options.quietMs);
    }
  }

  async #pingTwice(): Promise<void> {
    const [first, second] = this.#options.pingMs;
    try {
      await this.#ping(first);
    } catch (error) {
      // One late answer on a busy machine must not end an hour's build.
      if (!(error instanceof QuaysideError && error.code === 'ENGINE_TIMEOUT')) throw error;
      await this.#ping(second);
    }
  }
}
