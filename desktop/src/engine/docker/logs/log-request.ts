import type { RequestOptions } from '../transport.ts';
import type { LogsOptions } from '../types.ts';

/** Which log, and how much of it. */
export interface LogRequest {
  readonly id: string;
  readonly tty: boolean;
  readonly options: LogsOptions;
  /** Milliseconds until the engine begins to answer. */
  readonly deadlineMs: number;
}

/** The request for a log, always with timestamps. */
export function logRequest({ id, options, deadlineMs }: LogRequest): RequestOptions {
  const { follow, tail, since, signal } = options;
  return {
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/logs`,
    query: { stdout: true, stderr: true, timestamps: true, follow, tail, since },
    deadlineMs,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Whether an answer is cut into frames; only the bare output of a terminal is not. */
export function isFramed({ tty }: LogRequest, contentType: string | undefined): boolean {
  return !tty || (contentType ?? '').includes('multiplexed-stream');
}
