import type { Transport } from '../transport.ts';
import type { LogReader } from '../types.ts';
import { brokenStream, Demultiplexer } from './demux.ts';
import { isFramed, type LogRequest, logRequest } from './log-request.ts';

/** Reads a log as fast as the engine sends it. Ends with the engine's stream, quietly when the signal aborts. */
export async function drainLogs(transport: Transport, request: LogRequest, reader: LogReader): Promise<void> {
  const { signal, follow } = request.options;
  const ownConnection = follow ? 'live' : 'already';
  try {
    const response = await transport.request({ ...logRequest(request), ownConnection });
    reader.opened?.();
    const demultiplexer = isFramed(request, response.headers['content-type']) ? new Demultiplexer() : undefined;
    const state = { stopped: false };
    await response.drain((piece) => {
      if (demultiplexer === undefined) reader.frame(1, piece, 0, piece.length);
      else demultiplexer.push(piece, reader.frame);
      const next = reader.piece?.();
      state.stopped ||= next === 'stop';
      return next;
    });
    if (demultiplexer?.incomplete === true && !state.stopped) throw brokenStream();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}
