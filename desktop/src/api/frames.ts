/** Most items in a frame, and how long a frame waits for more after its first item. */
const maxItems = 200;
const maxWaitMs = 50;

/**
 * Gathers single items into frames, so that a stream costs a message per 50 ms and not per item. It reads its source only
 * when it is read itself: what a slow reader has not asked for yet waits in the source.
 */
export async function* framed<T>(source: AsyncIterable<T>): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T, unknown>> | undefined;
  try {
    for (;;) {
      const first = await (next ?? iterator.next());
      next = undefined;
      if (first.done === true) return;
      const items = [first.value];
      const timer = createTimer(maxWaitMs);
      try {
        while (items.length < maxItems) {
          next = iterator.next();
          const result = await Promise.race([next, timer.expired]);
          if (result === 'expired' || result.done === true) break;
          next = undefined;
          items.push(result.value);
        }
      } finally {
        timer.clear();
      }
      yield items;
    }
  } finally {
    // Not awaited: a source that waits for something that never comes would hold its reader here.
    void iterator.return?.();
  }
}

function createTimer(ms: number): { expired: Promise<'expired'>; clear: () => void } {
  let handle: NodeJS.Timeout | undefined;
  const expired = new Promise<'expired'>((resolve) => {
    handle = setTimeout(() => {
      resolve('expired');
    }, ms);
  });
  return {
    expired,
    clear: () => {
      clearTimeout(handle);
    },
  };
}
