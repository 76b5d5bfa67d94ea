/**
 * A ring of at most `capacity` items with positions that never change: an item keeps its position while others are added
 * behind or before it, or leave. Positions may be negative.
 */
export class Ring<T> {
  readonly capacity: number;
  readonly #slots: (T | undefined)[];
  #first = 0;
  #end = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#slots = new Array<T | undefined>(capacity);
  }

  /** Position of the oldest item. */
  get first(): number {
    return this.#first;
  }

  /** Position behind the newest item. */
  get end(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  #slot(position: number): number {
    return ((position % this.capacity) + this.capacity) % this.capacity;
  }

  at(position: number): T | undefined {
    return position < this.#first || position >= this.#end ? undefined : this.#slots[this.#slot(position)];
  }

  /** Adds behind the newest; the oldest leave where there is no room. */
  push(items: readonly T[]): void {
    for (const item of items) {
      if (this.length === this.capacity) this.#first += 1;
      this.#slots[this.#slot(this.#end)] = item;
      this.#end += 1;
    }
  }

  /** Adds before the oldest, in the order given; only as many of the last ones as there is room for. */
  unshift(items: readonly T[]): number {
    const room = Math.min(items.length, this.capacity - this.length);
    for (const item of items.slice(items.length - room).reverse()) {
      this.#first -= 1;
      this.#slots[this.#slot(this.#first)] = item;
    }
    return room;
  }

  /** Takes the oldest out as long as they pass; answers them, oldest first. */
  shiftWhile(passes: (item: T) => boolean): T[] {
    const taken: T[] = [];
    for (let item = this.at(this.#first); item !== undefined && passes(item); item = this.at(this.#first)) {
      taken.push(item);
      this.#slots[this.#slot(this.#first)] = undefined;
      this.#first += 1;
    }
    return taken;
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#first = 0;
    this.#end = 0;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let position = this.#first; position < this.#end; position += 1) {
      const item = this.at(position);
      if (item !== undefined) yield item;
    }
  }
}
