import type { Problem } from './protocol.ts';

/**
 * `unreachable`: there is no shop behind the address just now. `limited`: this customer asked too often. `busy`: the shop
 * has too much to do. `missing`: there is no such thing. `refused`: asking the same again will not help. `broken`: the
 * shop failed, or its answer broke off.
 */
export type TroubleKind = 'unreachable' | 'limited' | 'busy' | 'missing' | 'refused' | 'broken';

/** A request to the shop failed; `correlationId` is what its logs know the request by. */
export class ShopError extends Error {
  readonly kind: TroubleKind;
  readonly correlationId: string | undefined;
  /** How long the shop asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: TroubleKind, { correlationId, retryAfterMs, cause }: Partial<ShopError> = {}) {
    super(`The shop's answer: ${kind}`, { cause });
    this.name = 'ShopError';
    this.kind = kind;
    this.correlationId = correlationId;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a status and a code of the shop mean for the customer. */
export function kindOf(status: number, code: string | undefined): TroubleKind {
  if (status === 429) return 'limited';
  if (code === 'overloaded') return 'busy';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  if (status === 404) return 'missing';
  return status < 500 ? 'refused' : 'broken';
}

/** The error that a problem in the middle of a stream tells of. */
export function errorOfProblem({ status, code, correlationId }: Problem): ShopError {
  return new ShopError(kindOf(status, code), { correlationId });
}
