const windowMs = 60_000;
const mostInWindow = 3;

/** Whether a page that crashed is loaded again by itself; a page that crashes again and again is not. */
export class CrashLimit {
  readonly #times: number[] = [];

  /** Counts a crash at that time, in milliseconds; true while there are at most three within a minute. */
  allows(at: number): boolean {
    this.#times.push(at);
    while ((this.#times[0] ?? at) <= at - windowMs) this.#times.shift();
    return this.#times.length <= mostInWindow;
  }
}
