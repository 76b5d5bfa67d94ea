import express, { type Express } from 'express';
import type { HelmetOptions } from 'helmet';
import type { CommonConfig } from '../config/values.ts';
import type { Monitor } from '../health/monitor.ts';
import { healthRoutes } from '../health/routes.ts';
import { accessLog } from '../logging/access.ts';
import { correlation } from '../logging/correlation.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { closeWhenStopping, type Lifecycle } from '../process/lifecycle.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { securityHeaders } from './security-headers.ts';

export interface BaseAppOptions {
  readonly config: Pick<CommonConfig, 'trustProxy'>;
  readonly version: string;
  readonly lifecycle: Lifecycle;
  readonly monitor: Monitor;
  readonly metrics: Metrics | undefined;
  readonly tracing: Tracing | undefined;
  /** A logger that writes its fields as they are (see accessLog). */
  readonly accessLogger: Logger;
  readonly helmet?: HelmetOptions;
}

/** What every service answers alike: correlation, access log, security headers, metrics and health. */
export function createBaseApp(options: BaseAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', options.config.trustProxy);
  app.use(correlation(), closeWhenStopping(options.lifecycle));
  if (options.tracing) app.use(options.tracing.handler);
  if (options.metrics) app.use(options.metrics.handler);
  app.use(accessLog(options.accessLogger), securityHeaders(options.helmet));
  const health = healthRoutes(options);
  app.use('/health', health);
  app.use('/healthz', health);
  return app;
}
