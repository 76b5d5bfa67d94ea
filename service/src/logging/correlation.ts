import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { runInContext } from './context.ts';

export const correlationHeader = 'x-correlation-id';

const wellFormed = /^[A-Za-z0-9._-]{8,64}$/;

/** The id that came with a request when it is well-formed, else a new one. */
export function acceptCorrelationId(received: string | string[] | undefined): string {
  return typeof received === 'string' && wellFormed.test(received) ? received : randomUUID();
}

/** Gives every request its correlation id: in the request's and the response's header, and in all that it logs. */
export function correlation(): RequestHandler {
  return (request, response, next) => {
    const correlationId = acceptCorrelationId(request.headers[correlationHeader]);
    request.headers[correlationHeader] = correlationId;
    response.setHeader(correlationHeader, correlationId);
    runInContext({ correlationId }, next);
  };
}
