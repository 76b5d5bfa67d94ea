import { createRouterClient } from '@orpc/server';
import type { CoreClient } from '#contract/index.ts';
import { type Caller, owner } from '../access.ts';
import type { ServedRouter } from './types.ts';

/** The same procedures without a wire: inputs and outputs are validated, nothing is serialised. */
export function serveInProcess(router: ServedRouter, caller: Caller = owner): CoreClient {
  return createRouterClient(router, { context: caller });
}
