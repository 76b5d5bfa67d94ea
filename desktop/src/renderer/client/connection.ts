import { createORPCClient, DynamicLink } from '@orpc/client';
import type { CoreClient, Hello, Problem } from '#contract/index.ts';
import type { Door } from './door.ts';
import { isAnswer, problemOf } from './problem.ts';
import { NoRoom, SignedOut } from './session.ts';
import type { OpenWire, Wire } from './wire.ts';

/** How the panel stands to its core. `signed-out` is final: only a new link, or signing in, helps. */
export interface ConnectionState {
  status: 'connecting' | 'connected' | 'reconnecting' | 'signed-out';
  /** Milliseconds since the epoch at which this status began; while reconnecting, until when the shown data is good. */
  since: number;
  hello?: Hello;
  /** Why the host lets nobody else in for now, as it wrote it. */
  told?: string | undefined;
}

type Listener = (state: ConnectionState) => void;

const firstPauseMs = 250;
const longestPauseMs = 5_000;
const answerMs = 10_000;
const heartbeatMs = 30_000;

/** Pause in milliseconds before attempt number `attempt`, which counts from 1. */
export function pauseBefore(attempt: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
}

/**
 * A client that outlives its transports: it opens one, and another with growing pauses whenever that is lost. Calls fail
 * while there is none, and `connected` tells when to try again.
 */
export class Connection {
  readonly client: CoreClient;
  /** Absent in the desktop app, whose page is always let in. */
  readonly door: Door | undefined;
  readonly #open: OpenWire;
  readonly #now: () => number;
  readonly #life = new AbortController();
  readonly #listeners = new Set<Listener>();
  #state: ConnectionState;
  #wire: Wire | undefined;
  #wake: (() => void) | undefined;

  constructor(open: OpenWire, door?: Door, now: () => number = Date.now) {
    this.#open = open;
    this.door = door;
    this.#now = now;
    this.#state = { status: 'connecting', since: now() };
    this.client = createORPCClient(
      new DynamicLink(() => {
        if (this.#wire === undefined) throw new Error('Not connected.');
        return this.#wire.link;
      }),
    );
    void this.#run();
  }

  state(): ConnectionState {
    return this.#state;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once a transport is up; rejects when `signal` aborts. */
  connected(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const settle = () => {
      if (signal.aborted) reject(new Error('Stopped.'));
      else if (this.#state.status === 'connected') resolve(undefined);
    };
    const leave = this.subscribe(settle);
    signal.addEventListener('abort', settle, { once: true });
    settle();
    return promise.finally(() => {
      leave();
      signal.removeEventListener('abort', settle);
    });
  }

  /** What the core said when it refused a call; nothing where the transport broke, which a reconnect mends. */
  refusal(error: unknown): Problem | undefined {
    return isAnswer(error) ? problemOf(error) : undefined;
  }

  /** Cuts the pause before the next attempt short. */
  retryNow(): void {
    this.#wake?.();
  }

  dispose(): void {
    this.#life.abort();
    this.#wake?.();
    this.#wire?.close();
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Uses a transport until it is gone. */
  async #hold(wire: Wire): Promise<void> {
    const gone = new AbortController();
    void wire.closed.then(() => {
      gone.abort();
    });
    const greet = () =>
      this.client.system.hello(undefined, { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(answerMs)]) });
    let beat: ReturnType<typeof setInterval> | undefined;
    this.#wire = wire;
    try {
      const hello = await greet();
      this.#set({ status: 'connected', since: this.#now(), hello, told: undefined });
      // A transport whose other side is gone may stay silent for minutes, as after a machine slept.
      beat = setInterval(() => {
        greet().catch(() => {
          wire.close();
        });
      }, heartbeatMs);
      await wire.closed;
    } finally {
      clearInterval(beat);
      this.#wire = undefined;
      wire.close();
    }
  }

  /** One attempt; answers whether another is of use. */
  async #attempt(): Promise<boolean> {
    try {
      await this.#hold(await this.#open(this.#life.signal));
    } catch (error) {
      if (error instanceof SignedOut) {
        this.#set({ status: 'signed-out', since: this.#now() });
        return false;
      }
      const told = error instanceof NoRoom ? error.message : undefined;
      if (told !== this.#state.told) this.#set({ ...this.#state, told });
    }
    return !this.#life.signal.aborted;
  }

  async #run(): Promise<void> {
    let attempt = 0;
    while (await this.#attempt()) {
      if (this.#state.status === 'connected') {
        attempt = 0;
        this.#set({ ...this.#state, status: 'reconnecting', since: this.#now() });
      }
      attempt += 1;
      await this.#pause(pauseBefore(attempt));
    }
  }
}
