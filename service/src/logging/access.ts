import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import { acceptCorrelationId, correlationHeader } from './correlation.ts';
import type { Logger } from './logger.ts';

const target = (request: IncomingMessage) => ('originalUrl' in request ? String(request.originalUrl) : request.url);

const line = (request: IncomingMessage, response: ServerResponse) =>
  `${request.method ?? ''} ${target(request) ?? ''} ${response.statusCode}`;

function level(request: IncomingMessage, response: ServerResponse, error?: Error): 'trace' | 'info' | 'warn' | 'error' {
  if (error !== undefined || response.statusCode >= 500) return 'error';
  if (response.statusCode >= 400) return 'warn';
  return target(request)?.startsWith('/health') === true ? 'trace' : 'info';
}

/**
 * One line per answered request: `req.{method,url}`, `res.statusCode`, `durationMs`. Probes of health log at trace.
 * `logger` must not take the correlation id from the context: the line is written when the request has already ended.
 */
export function accessLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger: logger.child({ logger: 'access', module: 'logging/access' }),
    genReqId: (request) => acceptCorrelationId(request.headers[correlationHeader]),
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'correlationId', responseTime: 'durationMs' },
    customLogLevel: level,
    customSuccessMessage: line,
    customErrorMessage: line,
    customSuccessObject: (request, response, value: Record<string, unknown>) => details(request, response, value),
    customErrorObject: (request, response, _error, value: Record<string, unknown>) => details(request, response, value),
  });
}

function details(request: IncomingMessage, response: ServerResponse, value: Record<string, unknown>) {
  return {
    request: { method: request.method, url: target(request) },
    response: { statusCode: response.statusCode },
    durationMs: value['durationMs'],
  };
}
