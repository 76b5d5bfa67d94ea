import { type Call, runInCall, settle } from './call.ts';
import { startDeadline } from './deadline.ts';
import { explain, OutboundError } from './errors.ts';
import { Gate, type GateOptions, type GateState } from './gate.ts';

export interface OutboundOptions extends GateOptions {
  /** From the call to its end, with the wait for a place and the second try; milliseconds. */
  readonly deadlineMs: number;
  /** How long a stream may send nothing; milliseconds. */
  readonly silenceMs: number;
}

export interface CallOptions {
  /** The caller's own interest: when it is aborted, the call rejects with its reason, and counts for nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** The consumer of a stream went away before its end. */
const left = new Error('nobody reads the stream any more');

/**
 * Calls to one other system, within limits: a deadline, a bounded number at a time with a bounded queue, one more try
 * where that is safe, and none at all while it is known to be in trouble. Rejects with OutboundError.
 */
export class Outbound {
  readonly #options: OutboundOptions;
  readonly #gate: Gate;

  constructor(options: OutboundOptions) {
    this.#options = options;
    this.#gate = new Gate(options);
  }

  get state(): GateState {
    return this.#gate.state;
  }

  /** Makes a call. `idempotent`: it may be made twice. */
  call<T>(
    work: (signal: AbortSignal) => Promise<T>,
    { idempotent, signal }: CallOptions & { readonly idempotent: boolean },
  ): Promise<T> {
    return this.#run((call) => runInCall(call, () => work(call.signal)), idempotent, signal);
  }

  /** A call whose answer comes piece by piece. It has its place until the end, and fails when it falls silent. */
  async *stream<T>(source: (signal: AbortSignal) => AsyncIterable<T>, { signal }: CallOptions): AsyncGenerator<T> {
    const started = Promise.withResolvers<Call>();
    const ended = Promise.withResolvers<undefined>();
    const inPlace = (call: Call) => {
      started.resolve(call);
      return ended.promise;
    };
    const settled = this.#run(inPlace, false, signal);
    settled.catch(started.reject);
    const outer = await started.promise;
    const stop = new AbortController();
    const call: Call = { signal: AbortSignal.any([outer.signal, stop.signal]) };
    try {
      yield* this.#pieces(source, call);
      ended.resolve(undefined);
    } catch (error) {
      ended.reject(this.#explain(error, call, signal));
    } finally {
      ended.reject(left);
      stop.abort();
    }
    await settled;
  }

  /**
   * Looks whether the other system is there, for its health: besides the calls, as long as the signal says. Rejects at
   * once with what keeps calls from being made.
   */
  async probe(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
    const { trouble } = this.#gate;
    if (trouble !== undefined) throw trouble;
    const call: Call = { signal };
    try {
      await runInCall(call, work);
    } catch (error) {
      throw explain(this.#options.name, error, call);
    }
  }

  async *#pieces<T>(source: (signal: AbortSignal) => AsyncIterable<T>, call: Call): AsyncGenerator<T> {
    const { name, silenceMs } = this.#options;
    const silent = () => new OutboundError('timeout', `${name} was silent for ${silenceMs} ms`);
    const iterator = runInCall(call, () => source(call.signal)[Symbol.asyncIterator]());
    try {
      for (;;) {
        const silence = startDeadline(silenceMs, call.signal, silent);
        const next = runInCall(call, () => iterator.next());
        const piece = await settle(silence.signal, next).finally(silence.stop);
        if (piece.done === true) return;
        yield piece.value;
      }
    } finally {
      // Not awaited: a source that hangs would hold the reader.
      Promise.resolve(iterator.return?.()).catch(() => undefined);
    }
  }

  async #run<T>(work: (call: Call) => Promise<T>, idempotent: boolean, caller: AbortSignal | undefined): Promise<T> {
    caller?.throwIfAborted();
    const { name, deadlineMs } = this.#options;
    const tooLate = () => new OutboundError('timeout', `${name} did not answer within ${deadlineMs} ms`);
    const { signal, stop } = startDeadline(deadlineMs, caller, tooLate);
    const attempt = async () => {
      const call: Call = { signal };
      try {
        return await settle(signal, work(call));
      } catch (error) {
        throw this.#explain(error, call, caller);
      }
    };
    try {
      return await settle(signal, this.#gate.run(attempt, idempotent, signal));
    } finally {
      stop();
    }
  }

  #explain(error: unknown, call: Call, caller: AbortSignal | undefined): unknown {
    if (error === left || (caller?.aborted === true && error === caller.reason)) return error;
    if (call.signal.aborted) return call.signal.reason;
    return explain(this.#options.name, error, call);
  }
}
