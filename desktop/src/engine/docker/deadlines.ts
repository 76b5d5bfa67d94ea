/** Milliseconds that each kind of unary call may take, answer body included. */
export interface Deadlines {
  readonly ping: number;
  /** Lists and inspections. */
  readonly read: number;
  /** Small changes: rename, tag, create or remove a network or volume. */
  readonly change: number;
  /** Start, and stop on top of its own stop timeout. */
  readonly start: number;
  readonly create: number;
  readonly remove: number;
  /** From sending a stream's request to the headers of its answer. */
  readonly stream: number;
}

export const defaultDeadlines: Deadlines = {
  ping: 2_000,
  read: 5_000,
  change: 30_000,
  start: 20_000,
  create: 30_000,
  remove: 30_000,
  stream: 5_000,
};

/** Seconds that the engine gives a container to stop where neither the caller nor the container says otherwise. */
export const defaultStopSeconds = 10;
