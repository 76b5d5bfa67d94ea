import { AsyncLocalStorage } from 'node:async_hooks';

/** A call that is being made, as `outboundFetch` sees it: what ends it, and what came back last. */
export interface Call {
  readonly signal: AbortSignal;
  status?: number | undefined;
  retryAfterMs?: number | undefined;
}

const calls = new AsyncLocalStorage<Call>();

/** Runs `work` so that every `outboundFetch` in it ends with the call, also where a library passes no signal on. */
export function runInCall<T>(call: Call, work: () => T): T {
  return calls.run(call, work);
}

export function currentCall(): Call | undefined {
  return calls.getStore();
}

/** `promise`, or the signal's reason as soon as it is aborted. */
export async function settle<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => {
    aborted.reject(signal.reason as Error);
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
