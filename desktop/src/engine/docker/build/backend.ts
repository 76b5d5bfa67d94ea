import type { Readable } from 'node:stream';
import type { Logins } from '../registry/logins.ts';
import type { PreparedBuild } from './context/prepare.ts';
import type { Trace } from './trace/status.ts';

/** What a builder says while it works: progress, the image it made, or why it failed. */
export type BuildMessage =
  | { readonly type: 'trace'; readonly trace: Trace }
  | { readonly type: 'image'; readonly id: string }
  | { readonly type: 'warning'; readonly text: string }
  | { readonly type: 'error'; readonly message: string };

/** One run of a builder. */
export interface BuildRun {
  readonly prepared: PreparedBuild;
  /** A tar stream that holds the Dockerfile under its name; absent where the engine fetches the context itself. */
  readonly archive: Readable | undefined;
  readonly logins: Logins;
  readonly signal: AbortSignal;
}

/**
 * A way to build. `check` throws where this builder cannot do what is asked, before anything is sent. `run` throws where the
 * builder cannot be reached or breaks off; a build that fails is a message.
 */
export interface BuildBackend {
  check(prepared: PreparedBuild): void;
  run(run: BuildRun): AsyncIterable<BuildMessage>;
}
