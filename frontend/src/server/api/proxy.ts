import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemOf, problemType } from '@shop/service/http/errors';
import { runInContext } from '@shop/service/logging/context';
import { acceptCorrelationId, correlationHeader } from '@shop/service/logging/correlation';
import type { Logger } from '@shop/service/logging/logger';
import type { Request, RequestHandler, Response } from 'express';
import { createProxyMiddleware, type Plugin } from 'http-proxy-middleware';

export interface ProxyOptions {
  readonly backendUrl: string;
  readonly apiToken: string | undefined;
  readonly timeoutMs: number;
  readonly logger: Logger;
}

const failure = 'The shop cannot be reached right now. Please try again in a moment.';

function answerFailure(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(503, { 'content-type': problemType, 'retry-after': '5' });
  response.end(JSON.stringify(problemOf(503, 'backend_unavailable', failure)));
}

function idOf(request: IncomingMessage): string {
  return acceptCorrelationId(request.headers[correlationHeader]);
}

/**
 * Hands `/api` to the backend with the request's correlation id, and streams both ways. A backend that is down or silent
 * is answered for with 503; an answer that breaks off is broken off for the client too. Mount it before anything that
 * reads bodies.
 */
export function apiProxy({ backendUrl, apiToken, timeoutMs, logger }: ProxyOptions): RequestHandler {
  const log = logger.child({ logger: 'proxy', module: 'api/proxy' });
  const events: Plugin<Request, Response> = (proxy) => {
    proxy.on('proxyReq', (outgoing) => {
      if (apiToken !== undefined) outgoing.setHeader('authorization', `Bearer ${apiToken}`);
    });
    proxy.on('error', (error, request, response) => {
      if (request === undefined || response === undefined || !('setHeader' in response)) return;
      const correlationId = idOf(request);
      runInContext({ correlationId }, () => {
        const what = response.headersSent ? 'the backend broke off its answer' : 'the backend did not answer';
        log.error({ err: error, target: backendUrl }, what);
        answerFailure(response);
      });
    });
  };
  return createProxyMiddleware<Request, Response>({
    target: backendUrl,
    pathFilter: '/api',
    changeOrigin: true,
    xfwd: true,
    proxyTimeout: timeoutMs,
    ejectPlugins: true,
    plugins: [events],
  });
}
