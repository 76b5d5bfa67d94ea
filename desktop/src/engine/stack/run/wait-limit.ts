/** The time that all waits of an operation may take together; it begins with the first of them. */
export class WaitLimit {
  readonly seconds: number;
  #signal: AbortSignal | undefined;

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  /** Aborts when the time is over. */
  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.timeout(this.seconds * 1000);
    return this.#signal;
  }
}
