import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';

/** An endpoint that cannot be used, with its origin and what to do. */
export function endpointError(message: string, remedy: string, source: string, cause?: unknown): QuaysideError {
  return new QuaysideError('ENGINE_ENDPOINT', say`${message} (from ${source}).`, {
    remedy,
    details: { source },
    cause,
  });
}
