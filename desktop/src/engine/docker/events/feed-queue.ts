import type { FeedItem } from '../types.ts';

/**
 * What the feed has read and its reader has not taken yet. Never blocks the feed and never grows beyond `capacity`: a full
 * queue is replaced by one `resync`, which makes the reader look at everything again.
 */
export class FeedQueue {
  readonly #capacity: number;
  #items: FeedItem[] = [];
  #waiting: ((item: FeedItem | undefined) => void) | undefined;
  #closed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: FeedItem): void {
    if (this.#closed) return;
    if (this.#waiting !== undefined) {
      const deliver = this.#waiting;
      this.#waiting = undefined;
      deliver(item);
      return;
    }
    if (item.kind === 'resync' && item.cause === 'timer' && this.#items.some(({ kind }) => kind === 'resync')) return;
    if (this.#items.length >= this.#capacity) {
      const told = this.#items.findLast(
        (queued) => queued.kind === 'resync' && (queued.cause === 'connected' || queued.cause === 'reconnected'),
      );
      this.#items = [told ?? { kind: 'resync', cause: 'gap' }];
      // The resync covers an event, but not the news that the engine is lost or back.
      if (item.kind === 'event') return;
    }
    this.#items.push(item);
  }

  /** The next item, once there is one; undefined after `close`. One reader at a time. */
  next(): Promise<FeedItem | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Ends the reader at once, whatever is left. */
  close(): void {
    this.#closed = true;
    this.#items = [];
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }
}
