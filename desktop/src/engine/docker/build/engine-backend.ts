import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { readNdjson } from '../ndjson.ts';
import type { Transport } from '../transport.ts';
import type { BuildBackend, BuildMessage, BuildRun } from './backend.ts';
import { buildQuery } from './query.ts';
import { decodeTrace, type Trace } from './trace/status.ts';
import { WireError } from './trace/wire.ts';

const errorLine = z.object({ errorDetail: z.object({ message: z.string() }) });
const bareErrorLine = z.object({ error: z.string() });
const traceLine = z.object({ id: z.literal('moby.buildkit.trace'), aux: z.base64() });
const imageLine = z.object({ id: z.literal('moby.image.id'), aux: z.object({ ID: z.string() }) });
const textLine = z.object({ stream: z.string() });

/** Builds with BuildKit inside the engine, through `POST /build`. It needs no other program and no session. */
export class EngineBackend implements BuildBackend {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async *run({ request, dockerfile, archive, signal }: BuildRun): AsyncGenerator<BuildMessage> {
    const response = await this.#transport.request({
      method: 'POST',
      path: '/build',
      query: buildQuery(request, dockerfile),
      headers: { 'Content-Type': 'application/x-tar' },
      body: archive,
      // The engine answers only when it has read as much of the archive as it wants, which may take any time.
      deadlineMs: Number.POSITIVE_INFINITY,
      signal,
    });
    try {
      for await (const line of readNdjson(response.body)) {
        const message = readLine(line);
        if (message !== undefined) yield message;
      }
    } finally {
      response.destroy();
    }
  }
}

function readLine(line: unknown): BuildMessage | undefined {
  const trace = traceLine.safeParse(line);
  if (trace.success) return { type: 'trace', trace: decode(trace.data.aux) };
  const failed = errorLine.safeParse(line);
  if (failed.success) return { type: 'error', message: failed.data.errorDetail.message };
  const bare = bareErrorLine.safeParse(line);
  if (bare.success) return { type: 'error', message: bare.data.error };
  const image = imageLine.safeParse(line);
  if (image.success) return { type: 'image', id: image.data.aux.ID };
  const text = textLine.safeParse(line);
  return text.success ? { type: 'text', text: text.data.stream } : undefined;
}

function decode(aux: string): Trace {
  try {
    return decodeTrace(Buffer.from(aux, 'base64'));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new QuaysideError('ENGINE_PROTOCOL', `The builder sent progress that cannot be read: ${error.message}.`, {
      remedy: 'Build again; if it happens again, the engine speaks a version of BuildKit that Quayside does not know.',
      cause: error,
    });
  }
}
