import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Logins } from '../registry/logins.ts';
import type { BuildEvent } from '../types.ts';
import type { BuildMessage } from './backend.ts';
import type { BuildGuard } from './build-guard.ts';
import type { PreparedBuild } from './context/prepare.ts';
import { buildFailure } from './failure.ts';
import { TraceMerger } from './trace/merge.ts';
import type { Trace } from './trace/status.ts';

/** Turns what a builder says into events, and its failure into an explained error. */
export class Follower {
  readonly #prepared: PreparedBuild;
  readonly #logins: Logins;
  readonly #guard: BuildGuard;
  readonly #merger = new TraceMerger();
  #told = false;

  constructor(prepared: PreparedBuild, logins: Logins, guard: BuildGuard) {
    this.#prepared = prepared;
    this.#logins = logins;
    this.#guard = guard;
  }

  /** Whether anything of the build itself was handed on. */
  get told(): boolean {
    return this.#told;
  }

  async *follow(messages: AsyncIterable<BuildMessage>): AsyncGenerator<BuildEvent> {
    let image: string | undefined;
    for await (const message of messages) {
      switch (message.type) {
        case 'trace':
          yield* this.#trace(message.trace);
          break;
        case 'image':
          image = message.id;
          break;
        case 'warning':
          yield { type: 'warning', text: message.text };
          break;
        case 'error':
          yield* this.#merger.end();
          throw await buildFailure(message.message, this.#merger.failed(message.message), this.#prepared, this.#logins);
      }
    }
    yield* this.#merger.end();
    if (image === undefined) throw brokenOff();
    yield { type: 'image', id: image };
  }

  async *#trace(trace: Trace): AsyncGenerator<BuildEvent> {
    if (trace.vertexes.some(({ started, completed }) => started !== undefined && completed === undefined)) {
      this.#guard.stepStarted();
    }
    for (const event of this.#merger.push(trace)) {
      this.#told = true;
      yield* this.#heard(event);
    }
  }

  /** Hands on one event; when the reader leaves at it, the build is not broken off before it may be. */
  async *#heard(event: BuildEvent): AsyncGenerator<BuildEvent> {
    let stays = false;
    try {
      yield event;
      stays = true;
    } finally {
      if (!stays) await this.#guard.settled();
    }
  }
}

function brokenOff(): QuaysideError {
  return new QuaysideError('ENGINE_PROTOCOL', say`The engine ended the build without an image and without an error.`, {
    remedy: say`Check that the engine still runs, then build again; steps that were done are taken from the cache.`,
  });
}
