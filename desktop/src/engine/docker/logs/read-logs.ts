import type { Transport } from '../transport.ts';
import type { LogChunk } from '../types.ts';
import { brokenStream, Demultiplexer } from './demux.ts';
import { isFramed, type LogRequest, logRequest } from './log-request.ts';

/**
 * The log stream of one container, frame by frame and always with timestamps. Nothing is read ahead of the reader but what
 * the socket holds. Ends with the engine's stream, quietly when the signal aborts; throws where the connection breaks.
 */
export async function* readLogs(transport: Transport, request: LogRequest): AsyncGenerator<LogChunk> {
  try {
    const response = await transport.request(logRequest(request));
    if (isFramed(request, response.headers['content-type'])) yield* demultiplex(response.body);
    else for await (const payload of response.body) yield { stream: 1, payload };
  } catch (error) {
    if (request.options.signal?.aborted !== true) throw error;
  }
}

/** Frames of a multiplexed stream. Throws ENGINE_DOWN where it ends in the middle of a frame. */
async function* demultiplex(body: AsyncIterable<Uint8Array>): AsyncGenerator<LogChunk> {
  const demultiplexer = new Demultiplexer();
  for await (const chunk of body) yield* demultiplexer.frames(chunk);
  if (demultiplexer.incomplete) throw brokenStream();
}
