import type { RequestHandler } from 'express';

/** Whether the process is about to stop: readiness says so, and clients are asked to leave their connections. */
export interface Lifecycle {
  readonly stopping: boolean;
  beginStop(): void;
}

export function createLifecycle(): Lifecycle {
  let stopping = false;
  return {
    get stopping() {
      return stopping;
    },
    beginStop() {
      stopping = true;
    },
  };
}

/** While the process is about to stop, every answer closes its connection. */
export function closeWhenStopping(lifecycle: Lifecycle): RequestHandler {
  return (_request, response, next) => {
    if (lifecycle.stopping) response.setHeader('connection', 'close');
    next();
  };
}
