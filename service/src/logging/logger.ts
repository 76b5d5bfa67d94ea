import { type DestinationStream, type Logger, pino } from 'pino';
import { currentCorrelationId } from './context.ts';
import { cleanFields } from './fields.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly service: string;
  readonly version: string;
  readonly level: string;
  /** Where lines go; standard output unless given. */
  readonly destination?: DestinationStream;
  /** Take the correlation id from the running request. Off for a logger whose lines carry their own. */
  readonly context?: boolean;
}

function lineFields(fields: Record<string, unknown>, context: boolean): Record<string, unknown> {
  const correlationId = context ? currentCorrelationId() : undefined;
  const cleaned = cleanFields(fields);
  return correlationId === undefined ? cleaned : { correlationId, ...cleaned };
}

/** Standard output, written before the call returns, so that nothing is lost when the process ends. */
export function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}

/** Writes each line to all of `everything`, and lines of level error and above to `errors` as well. */
export function fanOut(
  everything: readonly DestinationStream[],
  errors: readonly DestinationStream[],
): DestinationStream {
  return pino.multistream([
    ...everything.map((stream) => ({ level: 'trace' as const, stream })),
    ...errors.map((stream) => ({ level: 'error' as const, stream })),
  ]);
}

/** A logger that writes one JSON object per line with time (ISO 8601), level (number), service, msg and the fields. */
export function createLogger(options: LoggerOptions): Logger {
  const context = options.context ?? true;
  return pino(
    {
      level: options.level,
      base: { service: options.service, version: options.version },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: (fields) => lineFields(fields, context) },
    },
    options.destination ?? standardOutput(),
  );
}
