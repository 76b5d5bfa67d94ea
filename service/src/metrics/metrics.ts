import type { Server } from 'node:http';
import express, { type RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { createLimitedServer, listen } from '../http/server.ts';

export interface Metrics {
  /** Counts and times every request by method, route and status. */
  readonly handler: RequestHandler;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Rate, errors and durations of requests, with delay of the event loop (p50 to p99), heap and process figures. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Answered requests.',
    labelNames,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte in to the last byte out.',
    labelNames,
    buckets,
    registers: [registry],
  });
  const handler: RequestHandler = (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      // The route, not the address: ids in addresses would make a series each.
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
      const labels = {
        method: request.method,
        route: typeof route === 'string' ? request.baseUrl + route : 'other',
        status: String(response.statusCode),
      };
      requests.inc(labels);
      durations.observe(labels, (performance.now() - begun) / 1000);
    });
    next();
  };
  return { handler, text: () => registry.metrics(), contentType: registry.contentType };
}

/** Serves `/metrics` on a port of its own, which is not meant for customers. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<Server> {
  const app = express();
  app.disable('x-powered-by');
  app.get('/metrics', async (_request, response) => {
    response.setHeader('content-type', metrics.contentType);
    response.send(await metrics.text());
  });
  const server = createLimitedServer(app);
  await listen(server, host, port);
  return server;
}
