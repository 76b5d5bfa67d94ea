import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { currentCorrelationId } from '../logging/context.ts';
import type { Logger } from '../logging/logger.ts';

/** An error whose code and message the client may see; everything else is answered as `internal_error`. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.headers = headers;
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
  }
}

const parserError = z.object({ status: z.int().min(400).max(499), type: z.string() });

const parserMessages: Readonly<Record<string, string>> = {
  'entity.too.large': 'The request body is too large.',
  'entity.parse.failed': 'The request body is not valid JSON.',
};

function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof z.ZodError) return new HttpError(400, 'invalid_request', z.prettifyError(error));
  const parser = parserError.safeParse(error);
  if (parser.success) {
    const message = parserMessages[parser.data.type] ?? 'The request could not be read.';
    return new HttpError(parser.data.status, parser.data.type.replaceAll('.', '_'), message);
  }
  if (error instanceof URIError) return new HttpError(400, 'invalid_request', 'The address is not well-formed.');
  return new HttpError(500, 'internal_error', 'Something went wrong on our side. Please try again.');
}

export const notFound: RequestHandler = (request) => {
  throw new HttpError(404, 'not_found', `There is nothing at ${request.path}.`);
};

/** The media type of every error body (RFC 9457). */
export const problemType = 'application/problem+json; charset=utf-8';

/** The body of an error answer: `code` tells programs what `detail` tells people. */
export function problemOf(status: number, code: string, detail: string) {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail, code, correlationId: currentCorrelationId() };
}

/** The same for whatever was thrown; tells only what the client may know. */
export function problemOfError(error: unknown) {
  const { status, code, message } = asHttpError(error);
  return problemOf(status, code, message);
}

/** Answers every error as problem+json, see {@link problemOf}; only errors that are our fault are logged here. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  const log = logger.child({ logger: 'http', module: 'http/errors' });
  return (error: unknown, _request, response, next) => {
    const known = asHttpError(error);
    if (known.status >= 500) log.error({ err: error, code: known.code }, known.message);
    if (response.headersSent) {
      next(error);
      return;
    }
    for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
    response
      .status(known.status)
      .type(problemType)
      .send(JSON.stringify(problemOf(known.status, known.code, known.message)));
  };
}
