import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A step that is cancelled while its container starts goes on inside the engine until it ends by itself; 150 ms were enough
 * on a busy machine, so this is generous.
 */
const START_GRACE_MS = 500;

/** Watches over one attempt to build: ends the request when the archive breaks or somebody cancels, and the archive with it. */
export class BuildGuard {
  readonly #controller = new AbortController();
  readonly #archive: Readable | undefined;
  readonly #outer: AbortSignal | undefined;
  #broken: Error | undefined;
  #started = Number.NEGATIVE_INFINITY;

  constructor(archive: Readable | undefined, outer: AbortSignal | undefined) {
    this.#archive = archive;
    this.#outer = outer;
    // Kept for good: a listener must be there whenever the archive fails, also after the end.
    archive?.on('error', this.#break);
    if (outer?.aborted === true) this.#controller.abort();
    outer?.addEventListener('abort', this.#cancel, { once: true });
  }

  /** Aborts when the request has to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What broke the archive; undefined when the build was cancelled before that. */
  get failure(): Error | undefined {
    return this.#outer?.aborted === true ? undefined : this.#broken;
  }

  /** Call when a step begins. */
  stepStarted(): void {
    this.#started = performance.now();
  }

  /** Resolves when the build may be broken off. */
  async settled(): Promise<void> {
    const left = this.#started + START_GRACE_MS - performance.now();
    if (left > 0) await pause(left);
  }

  end(): void {
    this.#outer?.removeEventListener('abort', this.#cancel);
    this.#archive?.destroy();
  }

  readonly #cancel = (): void => {
    void this.settled().then(() => {
      this.#controller.abort();
    });
  };

  readonly #break = (error: Error): void => {
    this.#broken ??= error;
    this.#controller.abort();
  };
}
