/** ISO times between which a vertex worked; no end while it works. */
export interface Span {
  readonly startedAt?: string;
  readonly completedAt?: string;
}

/**
 * The builder times one vertex several times: a cache lookup of a millisecond, a wait, then the work. For people the
 * longest of these is the step.
 */
export class VertexSpan {
  #longest = -1;
  #span: Span = {};
  #best: Span = {};

  merge(next: { readonly started?: string; readonly completed?: string }): Span {
    if (next.started === undefined) return this.#span;
    if (next.completed === undefined) {
      this.#span = { startedAt: next.started };
      return this.#span;
    }
    const length = Date.parse(next.completed) - Date.parse(next.started);
    if (length >= this.#longest) {
      this.#longest = length;
      this.#best = { startedAt: next.started, completedAt: next.completed };
    }
    this.#span = this.#best;
    return this.#span;
  }
}
