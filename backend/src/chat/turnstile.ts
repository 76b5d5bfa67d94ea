/** One of so many that wait is let through at a time. */
const share = 64;

/**
 * Lets those who wait through one by one, and between two of them the process takes what came in from the network: work
 * that is begun here does not hold up work that has not begun yet.
 */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];

  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(this.#turn);
    });
  }

  readonly #turn = (): void => {
    for (const resolve of this.#waiting.splice(0, Math.ceil(this.#waiting.length / share))) resolve();
    if (this.#waiting.length > 0) setImmediate(this.#turn);
  };
}
