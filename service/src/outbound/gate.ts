import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  type RetryPolicy,
  retry,
} from 'cockatiel';
import { countsAsFailure, isWorthRetrying, OutboundError } from './errors.ts';

export interface GateOptions {
  /** Names the other system in errors. */
  readonly name: string;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  /** Failures in a row after which no call is made for `openMs`; then one is made to see. */
  readonly failuresToOpen: number;
  readonly openMs: number;
  /** The second try of an idempotent call comes after half of this to all of it; milliseconds. */
  readonly retryDelayMs: number;
  readonly onStateChange?: ((state: GateState, why: string | undefined) => void) | undefined;
}

export type GateState = 'closed' | 'open' | 'half_open';

const maxPauseMs = 60_000;

const seconds = (ms: number) => `${Math.ceil(ms / 1000)} s`;

function stateOf(breaker: CircuitBreakerPolicy): GateState {
  if (breaker.state === CircuitState.Closed) return 'closed';
  return breaker.state === CircuitState.HalfOpen ? 'half_open' : 'open';
}

/** Decides whether and when a call is made: how many at a time, once more, or not while the other system is in trouble. */
export class Gate {
  readonly #options: GateOptions;
  readonly #bulkhead: BulkheadPolicy;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #retry: RetryPolicy;
  #openUntil = 0;
  #pausedUntil = 0;
  #lastFailure = 'unknown';

  constructor(options: GateOptions) {
    this.#options = options;
    this.#bulkhead = bulkhead(options.maxConcurrent, options.maxQueued);
    this.#retry = retry(handleWhen(isWorthRetrying), {
      maxAttempts: 1,
      backoff: new ExponentialBackoff({ initialDelay: options.retryDelayMs, generator: halfJitterGenerator }),
    });
    // A probe that its caller gave up has shown nothing: the circuit stays open.
    const shownNothing = (error: unknown) => !(error instanceof OutboundError) && this.state === 'half_open';
    this.#breaker = circuitBreaker(
      handleWhen((error) => countsAsFailure(error) || shownNothing(error)),
      { halfOpenAfter: options.openMs, breaker: new ConsecutiveBreaker(options.failuresToOpen) },
    );
    this.#breaker.onStateChange(() => {
      if (this.state === 'open') this.#openUntil = Date.now() + options.openMs;
      options.onStateChange?.(this.state, this.state === 'closed' ? undefined : this.#lastFailure);
    });
  }

  get state(): GateState {
    return stateOf(this.#breaker);
  }

  /** Why no call is made at the moment. */
  get trouble(): OutboundError | undefined {
    const now = Date.now();
    if (this.#pausedUntil > now) return this.#notAsked('rate_limited', this.#pausedUntil - now);
    if (this.state === 'open' && this.#openUntil > now) return this.#notAsked('circuit_open', this.#openUntil - now);
    return undefined;
  }

  /** Runs `attempt` when its turn comes, `idempotent` ones once more where that may help. It must reject with OutboundError for what the other system did. */
  async run<T>(attempt: () => Promise<T>, idempotent: boolean, signal: AbortSignal): Promise<T> {
    const { trouble } = this;
    if (trouble !== undefined) throw trouble;
    const once = () => this.#once(attempt);
    try {
      return await this.#bulkhead.execute(() => (idempotent ? this.#retry.execute(once, signal) : once()), signal);
    } catch (error) {
      if (!isBulkheadRejectedError(error)) throw error;
      throw new OutboundError('overloaded', `${this.#options.name} has too many calls waiting`);
    }
  }

  async #once<T>(attempt: () => Promise<T>): Promise<T> {
    // The library would let other calls wait for the probe, however long that takes.
    if (this.state === 'half_open') throw this.#notAsked('circuit_open', 0);
    try {
      return await this.#breaker.execute(() => this.#noting(attempt));
    } catch (error) {
      if (isBrokenCircuitError(error)) throw this.trouble ?? this.#notAsked('circuit_open', 0);
      throw error;
    }
  }

  /** Remembers a failure before the circuit hears of it. */
  async #noting<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof OutboundError) this.#note(error);
      throw error;
    }
  }

  #note(error: OutboundError): void {
    if (countsAsFailure(error)) this.#lastFailure = error.message;
    if (error.code !== 'rate_limited' || error.retryAfterMs === undefined) return;
    this.#pausedUntil = Date.now() + Math.min(error.retryAfterMs, maxPauseMs);
  }

  #notAsked(code: 'rate_limited' | 'circuit_open', retryAfterMs: number): OutboundError {
    const until = retryAfterMs === 0 ? 'while it is being tried again' : `for another ${seconds(retryAfterMs)}`;
    const message = `${this.#options.name} is not asked ${until}, after: ${this.#lastFailure}`;
    return new OutboundError(code, message, { retryAfterMs });
  }
}
