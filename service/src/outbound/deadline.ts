/** Aborts with a reason of its own when time is up, and with the parent's when that is aborted. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Must be called when the work is over. */
  readonly stop: () => void;
}

export function startDeadline(ms: number, parent: AbortSignal | undefined, reason: () => Error): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(reason());
  }, ms);
  const follow = () => {
    controller.abort(parent?.reason);
  };
  if (parent?.aborted === true) follow();
  parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
}
