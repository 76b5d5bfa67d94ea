import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  readonly correlationId: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that everything it starts, awaits included, sees `context`. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The correlation id of the request being served; undefined outside of one. */
export function currentCorrelationId(): string | undefined {
  return storage.getStore()?.correlationId;
}
