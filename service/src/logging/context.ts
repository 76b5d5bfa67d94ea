import { AsyncLocalStorage } from 'node:async_hooks';

/** A request to another system, as traces see it. */
export interface OutgoingTrace {
  /** To be sent with it. */
  readonly headers: Readonly<Record<string, string>>;
  /** `status` is undefined where there was no answer. */
  readonly end: (status: number | undefined) => void;
}

export interface RequestContext {
  readonly correlationId: string;
  /** Begins the trace of a request to another system; absent where there are no traces. */
  readonly outgoing?: (method: string, url: URL) => OutgoingTrace;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that everything it starts, awaits included, sees `context`. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** What belongs to the request being served; undefined outside of one. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The correlation id of the request being served; undefined outside of one. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore()?.correlationId;
}
