import type { Request, RequestHandler, Response } from 'express';
import { correlationHeader } from './correlation.ts';
import type { Logger } from './logger.ts';

function level(request: Request, response: Response): 'trace' | 'info' | 'warn' | 'error' {
  if (response.statusCode >= 500) return 'error';
  if (response.statusCode >= 400 || !response.writableFinished) return 'warn';
  return request.originalUrl.startsWith('/health') ? 'trace' : 'info';
}

/**
 * One line per request when it has ended: `request.{method,url}`, `response.statusCode`, `durationMs`, and
 * `aborted: true` when the client left before it had the whole answer. Probes of health log at trace.
 * `logger` must write its fields as they are (see LoggerOptions): by then the request's context is gone.
 */
export function accessLog(logger: Logger): RequestHandler {
  const log = logger.child({ logger: 'access', module: 'logging/access' });
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      const { method, originalUrl: url } = request;
      const { statusCode, writableFinished } = response;
      const fields = {
        correlationId: request.headers[correlationHeader],
        request: { method, url },
        response: { statusCode },
        durationMs: Math.round((performance.now() - begun) * 100) / 100,
        ...(writableFinished ? {} : { aborted: true }),
      };
      log[level(request, response)](fields, `${method} ${url} ${statusCode}`);
    });
    next();
  };
}
