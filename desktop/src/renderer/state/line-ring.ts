/** What a ring holds at most. */
export interface RingLimits<T> {
  readonly capacity: number;
  /** Sum of the weights; one item alone may be heavier. */
  readonly mostWeight?: number;
  readonly weigh?: (item: T) => number;
}

/** From this share of its weight on a ring is full: one more item could be too much. */
const fullFrom = 0.95;

/**
 * A ring with limits and positions that never change: an item keeps its position while others are added behind or before
 * it, or leave. Positions may be negative. What is added at one end lets items leave at the other.
 */
export class Ring<T> {
  readonly #capacity: number;
  readonly #mostWeight: number;
  readonly #weigh: (item: T) => number;
  readonly #slots: (T | undefined)[];
  #first = 0;
  #end = 0;
  #weight = 0;

  constructor({ capacity, mostWeight = Number.POSITIVE_INFINITY, weigh = () => 0 }: RingLimits<T>) {
    this.#capacity = capacity;
    this.#mostWeight = mostWeight;
    this.#weigh = weigh;
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

  get full(): boolean {
    return this.length >= this.#capacity || this.#weight >= this.#mostWeight * fullFrom;
  }

  #slot(position: number): number {
    return ((position % this.#capacity) + this.#capacity) % this.#capacity;
  }

  at(position: number): T | undefined {
    return position < this.#first || position >= this.#end ? undefined : this.#slots[this.#slot(position)];
  }

  /** Adds behind the newest; the oldest leave where there is no room. */
  push(items: readonly T[]): void {
    for (const item of items) {
      const weight = this.#weigh(item);
      while (!this.#hasRoom(1, weight)) this.#shift();
      this.#slots[this.#slot(this.#end)] = item;
      this.#end += 1;
      this.#weight += weight;
    }
  }

  /** Adds before the oldest, in the order given; the newest leave where there is no room. */
  unshift(items: readonly T[]): void {
    for (const item of items.toReversed()) {
      const weight = this.#weigh(item);
      while (!this.#hasRoom(1, weight)) this.#pop();
      this.#first -= 1;
      this.#slots[this.#slot(this.#first)] = item;
      this.#weight += weight;
    }
  }

  /** How many of these, one after the other, can be added without any leaving. */
  room(items: Iterable<T>): number {
    let [count, weight] = [0, 0];
    for (const item of items) {
      weight += this.#weigh(item);
      if (!this.#hasRoom(count + 1, weight)) break;
      count += 1;
    }
    return count;
  }

  /** How many of these, one after the other, are no more than a share of what the ring may hold; one at least. */
  share(items: Iterable<T>, part: number): number {
    let [count, weight] = [0, 0];
    for (const item of items) {
      weight += this.#weigh(item);
      if (count > 0 && (count >= this.#capacity * part || weight > this.#mostWeight * part)) break;
      count += 1;
    }
    return count;
  }

  /** Takes the oldest out as long as they pass; answers them, oldest first. */
  shiftWhile(passes: (item: T) => boolean): T[] {
    const taken: T[] = [];
    for (let item = this.at(this.#first); item !== undefined && passes(item); item = this.at(this.#first)) {
      taken.push(item);
      this.#shift();
    }
    return taken;
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#first = 0;
    this.#end = 0;
    this.#weight = 0;
  }

  #hasRoom(count: number, weight: number): boolean {
    if (this.length === 0 && count === 1) return true;
    return this.length + count <= this.#capacity && this.#weight + weight <= this.#mostWeight;
  }

  #shift(): void {
    this.#forget(this.#first);
    this.#first += 1;
  }

  #pop(): void {
    this.#forget(this.#end - 1);
    this.#end -= 1;
  }

  #forget(position: number): void {
    const item = this.at(position);
    if (item !== undefined) this.#weight -= this.#weigh(item);
    this.#slots[this.#slot(position)] = undefined;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let position = this.#first; position < this.#end; position += 1) {
      const item = this.at(position);
      if (item !== undefined) yield item;
    }
  }
}
