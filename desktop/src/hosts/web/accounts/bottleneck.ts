/** Lets one piece of costly work through at a time. */
export interface Bottleneck {
  /** `busy` = too many wait already, and it was not begun. */
  run<T>(work: () => Promise<T>): Promise<T | 'busy'>;
}

const mostWaiting = 8;

/** Each password that is tried takes 128 MiB while it is: many at once would take the machine. */
export function createBottleneck(): Bottleneck {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async run(work) {
      if (waiting >= mostWaiting) return 'busy';
      waiting += 1;
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        waiting -= 1;
      }
    },
  };
}
