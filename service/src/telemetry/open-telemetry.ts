import {
  type Attributes,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Request, RequestHandler, Response } from 'express';
import { currentContext, type OutgoingTrace, runInContext } from '../logging/context.ts';
import type { Tracing } from './tracing.ts';

export interface TracingOptions {
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  /** Base address of the collector; `/v1/traces` is added. */
  readonly endpoint: string;
}

const flushMs = 2000;

const propagator = new W3CTraceContextPropagator();

function headersOf(context: Context): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, defaultTextMapSetter);
  return headers;
}

function end(span: Span, status: number | undefined, failed: boolean): void {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** A span for a request to another system, below the one that `parent` holds. */
function startOutgoing(tracer: Tracer, parent: Context, method: string, url: URL): OutgoingTrace {
  const attributes: Attributes = {
    'http.request.method': method,
    'server.address': url.hostname,
    'url.path': url.pathname,
  };
  const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }, parent);
  return {
    headers: headersOf(trace.setSpan(parent, span)),
    end: (status) => {
      end(span, status, status === undefined || status >= 400);
    },
  };
}

function routeOf(request: Request): string | undefined {
  const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
  return typeof route === 'string' ? request.baseUrl + route : undefined;
}

function endWith(span: Span, request: Request, response: Response): void {
  const route = routeOf(request);
  if (route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
  end(span, response.statusCode, response.statusCode >= 500 || !response.writableFinished);
}

function traced(tracer: Tracer): RequestHandler {
  return (request, response, next) => {
    const context = currentContext();
    if (context === undefined || request.path.startsWith('/health')) {
      next();
      return;
    }
    const attributes: Attributes = {
      'http.request.method': request.method,
      'url.path': request.path,
      'correlation.id': context.correlationId,
    };
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes }, parent);
    const own = trace.setSpan(parent, span);
    // Whoever passes the headers on, as a proxy does, hands on this span.
    Object.assign(request.headers, headersOf(own));
    response.once('close', () => {
      endWith(span, request, response);
    });
    const outgoing = (method: string, url: URL) => startOutgoing(tracer, own, method, url);
    runInContext({ ...context, outgoing }, next);
  };
}

/** Sends spans in batches to a collector by OTLP over HTTP. A collector that is away costs the spans, nothing else. */
export function openTracing({ service, version, environment, endpoint }: TracingOptions): Tracing {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const resource = resourceFromAttributes({
    'service.name': `shop-${service}`,
    'service.version': version,
    'deployment.environment.name': environment,
  });
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: flushMs });
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
  return {
    handler: traced(provider.getTracer('http', version)),
    stop: async () => {
      const late = AbortSignal.timeout(flushMs);
      const givenUp = new Promise((resolve) => {
        late.addEventListener('abort', resolve);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), givenUp]);
    },
  };
}
