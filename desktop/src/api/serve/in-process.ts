import { createRouterClient } from '@orpc/server';
import type { CoreClient } from '#contract/index.ts';
import type { ServedRouter } from './types.ts';

/** The same procedures without a wire: inputs and outputs are validated, nothing is serialised. */
export function serveInProcess(router: ServedRouter): CoreClient {
  return createRouterClient(router);
}
