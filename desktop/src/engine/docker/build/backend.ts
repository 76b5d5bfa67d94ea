import type { Readable } from 'node:stream';
import type { BuildRequest } from '../types.ts';
import type { Trace } from './trace/status.ts';

/** What a builder says while it works: progress, the image it made, or why it failed. `text` is output without a trace. */
export type BuildMessage =
  | { readonly type: 'trace'; readonly trace: Trace }
  | { readonly type: 'image'; readonly id: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'error'; readonly message: string };

/** One run of a builder. `archive` is a tar stream that holds the Dockerfile under the name `dockerfile`. */
export interface BuildRun {
  readonly request: BuildRequest;
  readonly dockerfile: string;
  readonly archive: Readable;
  readonly signal: AbortSignal;
}

/**
 * A way to build: today the engine's own endpoint; a builder with a session, for secrets and private base images, has the
 * same shape. Throws where the builder cannot be reached or breaks off; a build that fails is a message.
 */
export interface BuildBackend {
  run(run: BuildRun): AsyncIterable<BuildMessage>;
}
