import { type ErrorCode, QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Origin } from './tree/node.ts';

/** An error about one place in a file: the message begins with `FILE:LINE:COLUMN: `, details.place holds the same for machines. */
export function problemAt(
  code: ErrorCode,
  where: Origin,
  message: string,
  remedy?: string,
  onKey = false,
): QuaysideError {
  const offset = onKey && where.keyAt >= 0 ? where.keyAt : where.at;
  const place = where.source.place(offset);
  return new QuaysideError(code, `${where.source.display}:${place.line}:${place.column}: ${message}`, {
    remedy: remedy ?? say`Correct line ${place.line} of ${where.source.display}.`,
    details: { place },
  });
}

/** The file says something that the compose specification does not allow. */
export const invalid = (where: Origin, message: string, remedy?: string): QuaysideError =>
  problemAt('COMPOSE_INVALID', where, message, remedy);

/** As `invalid`, pointing at the key instead of the value. */
export const invalidKey = (where: Origin, message: string, remedy?: string): QuaysideError =>
  problemAt('COMPOSE_INVALID', where, message, remedy, true);

/** The file asks for something that Quayside cannot do. */
export const unsupported = (where: Origin, message: string, remedy?: string): QuaysideError =>
  problemAt('COMPOSE_UNSUPPORTED', where, message, remedy, true);
