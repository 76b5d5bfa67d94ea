import { type DestinationStream, type Logger, pino } from 'pino';
import { currentCorrelationId } from './context.ts';
import { cleanFields } from './fields.ts';
import { gathered } from './gathered.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly service: string;
  readonly version: string;
  readonly level: string;
  /** Where lines go; standard output unless given. */
  readonly destination?: DestinationStream;
  /** Write fields as they are: no masking, no correlation id of the running request. For lines whose fields are all our own. */
  readonly asTheyAre?: boolean;
}

function lineFields(fields: Record<string, unknown>): Record<string, unknown> {
  const correlationId = currentCorrelationId();
  const cleaned = cleanFields(fields);
  return correlationId === undefined ? cleaned : { correlationId, ...cleaned };
}

/** Standard output, written once in each turn of the event loop. */
export function standardOutput(): DestinationStream {
  return gathered(pino.destination({ dest: 1, sync: true }));
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
  return pino(
    {
      level: options.level,
      base: { service: options.service, version: options.version },
      timestamp: pino.stdTimeFunctions.isoTime,
      ...(options.asTheyAre === true ? {} : { formatters: { log: lineFields } }),
    },
    options.destination ?? standardOutput(),
  );
}
