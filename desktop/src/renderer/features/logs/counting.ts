import type { LogCounts } from '#contract/index.ts';

interface Ends {
  readonly count: (view: string) => Promise<LogCounts | undefined>;
  readonly tell: (view: string, found: LogCounts) => void;
}

/** Counts the lines of one view at a time: of another view at once, of the same one again when a pause is over. */
export class Counting {
  readonly #ends: Ends;
  #view: string | undefined;
  #begun = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** There are other lines, or it is another view. */
  look(view: string, pauseMs: number): void {
    const wait = view === this.#view ? Math.max(0, this.#begun + pauseMs - Date.now()) : 0;
    this.#view = view;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#run(view);
    }, wait);
  }

  /** Until somebody looks again. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  async #run(view: string): Promise<void> {
    this.#begun = Date.now();
    const found = await this.#ends.count(view);
    // Lines that have come meanwhile are counted the next time; another view has counts of its own.
    if (found !== undefined && view === this.#view) this.#ends.tell(view, found);
  }
}
