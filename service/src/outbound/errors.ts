/**
 * Why a call to another system gave nothing: `timeout`; `circuit_open` and `overloaded`: it was not made at all;
 * `rate_limited`: 429, or not made because of an earlier one; `refused`: 401 or 403; `failed`: everything else.
 */
export type OutboundCode = 'timeout' | 'circuit_open' | 'overloaded' | 'rate_limited' | 'refused' | 'failed';

export interface OutboundDetails {
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** When the other system may be asked again; milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** The one error of calls to other systems. Its message has no secret and nothing of the request in it. */
export class OutboundError extends Error {
  readonly code: OutboundCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: OutboundCode, message: string, { status, retryAfterMs }: OutboundDetails = {}) {
    super(message);
    this.name = 'OutboundError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What the caller asked is wrong, not the other system. */
const ownFault: ReadonlySet<number> = new Set([400, 413, 422]);

/** Whether an error says that the other system is in trouble. */
export function countsAsFailure(error: unknown): boolean {
  return error instanceof OutboundError && !(error.status !== undefined && ownFault.has(error.status));
}

/** Whether the same call may go well at once: the connection broke, or the other system had a fault. */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof OutboundError) || error.code !== 'failed') return false;
  return error.status === undefined || error.status < 300 || error.status === 408 || error.status >= 500;
}

const maxDetail = 200;

function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return deepest(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return error.message.startsWith(code.trim()) ? error.message : code + error.message;
}

/** Says what became of a call of which an answer with `status` was seen, or none. */
export function explain(name: string, error: unknown, { status, retryAfterMs }: OutboundDetails): OutboundError {
  if (error instanceof OutboundError) return error;
  const details = { status, retryAfterMs };
  // Some providers repeat a part of the key in these answers.
  if (status === 401 || status === 403) {
    return new OutboundError('refused', `${name} answered ${status}: the key is not accepted`, details);
  }
  if (status === 429) return new OutboundError('rate_limited', `${name} answered 429: too many requests`, details);
  const said = status === undefined ? 'cannot be reached' : `answered ${status}`;
  return new OutboundError('failed', `${name} ${said}: ${deepest(error).slice(0, maxDetail)}`, details);
}
