import type { Transport } from '../transport.ts';
import type { LogReader } from '../types.ts';
import { brokenStream, Demultiplexer } from './demux.ts';
import { isFramed, type LogRequest, logRequest } from './log-request.ts';

/** Reads a log as fast as the engine sends it. Ends with the engine's stream, quietly when the signal aborts. */
export async function drainLogs(transport: Transport, request: LogRequest, reader: LogReader): Promise<void> {
  const { signal } = request.options;
  try {
    const response = await transport.request(logRequest(request));
    reader.opened?.();
    const demultiplexer = isFramed(request, response.headers['content-type']) ? new Demultiplexer() : undefined;
    for await (const chunk of response.body) {
      if (demultiplexer === undefined) reader.frame(1, chunk, 0, chunk.length);
      else demultiplexer.push(chunk, reader.frame);
      if ((await reader.piece?.()) === 'stop') return;
    }
    if (demultiplexer?.incomplete === true) throw brokenStream();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}
