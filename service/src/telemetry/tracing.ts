import type { RequestHandler } from 'express';
import type { CommonConfig } from '../config/values.ts';

/** Traces of the requests, sent to a collector. */
export interface Tracing {
  /** A span for every request but those for health; `traceparent` and `tracestate` are taken from it and handed on. */
  readonly handler: RequestHandler;
  /** Sends what is left, for at most two seconds. */
  stop(): Promise<void>;
}

/** Starts traces where the configuration names a collector; else nothing is loaded. */
export async function startTracing(
  service: string,
  version: string,
  { otelExporterOtlpEndpoint, environment }: Pick<CommonConfig, 'otelExporterOtlpEndpoint' | 'environment'>,
): Promise<Tracing | undefined> {
  if (otelExporterOtlpEndpoint === undefined) return undefined;
  const { openTracing } = await import('./open-telemetry.ts');
  return openTracing({ service, version, environment, endpoint: otelExporterOtlpEndpoint });
}
