import type { Readable } from 'node:stream';
import { z } from 'zod';
import { readNdjson } from '../ndjson.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { BuildMessage } from './backend.ts';

const errorLine = z.object({ errorDetail: z.object({ message: z.string() }) });
const bareErrorLine = z.object({ error: z.string() });

interface BuildCall {
  readonly query: NonNullable<RequestOptions['query']>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly archive: Readable | undefined;
  readonly signal: AbortSignal;
}

/** Sends `POST /build` and reads its answer line by line. */
export async function* sendBuild(transport: Transport, call: BuildCall): AsyncGenerator {
  const response = await transport.request({
    method: 'POST',
    path: '/build',
    query: call.query,
    headers: { ...call.headers, 'Content-Type': 'application/x-tar' },
    ...(call.archive === undefined ? {} : { body: call.archive }),
    // The engine answers only when it has read as much of the archive as it wants, which may take any time.
    deadlineMs: Number.POSITIVE_INFINITY,
    signal: call.signal,
  });
  try {
    yield* readNdjson(response.body);
  } finally {
    response.destroy();
  }
}

/** The failure that a line tells of, if it does. */
export function readErrorLine(line: unknown): BuildMessage | undefined {
  const failed = errorLine.safeParse(line);
  if (failed.success) return { type: 'error', message: failed.data.errorDetail.message };
  const bare = bareErrorLine.safeParse(line);
  return bare.success ? { type: 'error', message: bare.data.error } : undefined;
}
