import type { OperationEvent } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** Build output is the only part of an operation without a natural bound; past this many events it is no longer kept. */
const keptEvents = 50_000;

/** The events of one operation: kept from the first on, so that any reader can come late. */
export class Journal {
  readonly #events: OperationEvent[] = [];
  readonly #wake = new Set<() => void>();
  #ended = false;
  #lost = 0;

  add(event: OperationEvent): void {
    if (this.#ended) return;
    if (event.type === 'end') {
      if (this.#lost > 0)
        this.#events.push({ type: 'note', at: event.at, text: say`${this.#lost} lines of output were not kept` });
      this.#ended = true;
    } else if (this.#events.length >= keptEvents) {
      this.#lost += 1;
      return;
    }
    this.#events.push(event);
    for (const wake of this.#wake) wake();
  }

  /** Yields all events from the first on and ends after the last. */
  async *read(signal: AbortSignal): AsyncGenerator<OperationEvent> {
    let index = 0;
    while (!signal.aborted) {
      const event = this.#events[index];
      if (event) {
        index += 1;
        yield event;
      } else if (this.#ended) {
        return;
      } else {
        await this.#next(signal);
      }
    }
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
