/** Aborts its signal when nobody touched it for some time. */
export class IdleWatch {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #limitMs: number;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    this.touch(limitMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get expired(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Milliseconds that were allowed when it was touched last. */
  get limitMs(): number {
    return this.#limitMs;
  }

  touch(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#limitMs = limitMs;
    this.#timer = setTimeout(() => {
      this.#controller.abort();
    }, limitMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
