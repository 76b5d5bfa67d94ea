import { QuaysideError } from '#contract/index.ts';
import type { Transport } from '../transport.ts';
import type { LogChunk, LogsOptions } from '../types.ts';
import { Demultiplexer } from './demux.ts';

/**
 * The log stream of one container, frame by frame and always with timestamps. Nothing is read ahead of the reader but what
 * the socket holds. Ends with the engine's stream, quietly when `signal` aborts; throws where the connection breaks.
 */
export async function* readLogs(
  transport: Transport,
  id: string,
  tty: boolean,
  options: LogsOptions,
  deadlineMs: number,
): AsyncGenerator<LogChunk> {
  const { follow, tail, since, signal } = options;
  try {
    const response = await transport.request({
      method: 'GET',
      path: `/containers/${encodeURIComponent(id)}/logs`,
      query: { stdout: true, stderr: true, timestamps: true, follow, tail, since },
      deadlineMs,
      ...(signal === undefined ? {} : { signal }),
    });
    const framed = !tty || (response.headers['content-type'] ?? '').includes('multiplexed-stream');
    if (framed) yield* demultiplex(response.body);
    else for await (const payload of response.body) yield { stream: 1, payload };
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** Frames of a multiplexed stream. Throws ENGINE_DOWN where it ends in the middle of a frame. */
async function* demultiplex(body: AsyncIterable<Uint8Array>): AsyncGenerator<LogChunk> {
  const demultiplexer = new Demultiplexer();
  for await (const chunk of body) yield* demultiplexer.push(chunk);
  if (demultiplexer.incomplete) {
    throw new QuaysideError('ENGINE_DOWN', 'The log stream broke in the middle of a line.', {
      remedy: 'Open the logs again.',
    });
  }
}
