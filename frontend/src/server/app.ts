import type { Monitor } from '@shop/service/health/monitor';
import { healthRoutes } from '@shop/service/health/routes';
import { errorHandler, notFound } from '@shop/service/http/errors';
import { accessLog } from '@shop/service/logging/access';
import { correlation } from '@shop/service/logging/correlation';
import type { Logger } from '@shop/service/logging/logger';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { apiProxy } from './api/proxy.ts';
import type { Config } from './config.ts';
import type { Page } from './pages/page.ts';

export interface AppDeps {
  readonly config: Config;
  readonly version: string;
  readonly monitor: Monitor;
  readonly page: Page;
  readonly logger: Logger;
  /** The same lines, without the running request's correlation id (see accessLog). */
  readonly accessLogger: Logger;
}

/** The frontend's HTTP interface: health, the page, and `/api` of the backend. */
export function createApp({ config, version, monitor, page, logger, accessLogger }: AppDeps): Express {
  const directives = Object.fromEntries(
    Object.entries(page.contentSecurityPolicy).map(([name, sources]) => [name, [...sources]]),
  );
  const app = express();
  app.disable('x-powered-by');
  app.use(correlation(), accessLog(accessLogger));
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives }, strictTransportSecurity: false }));
  app.use('/health', healthRoutes(version, monitor));
  const { backendUrl, apiToken, proxyTimeoutMs: timeoutMs } = config;
  app.use(apiProxy({ backendUrl, apiToken, timeoutMs, logger }));
  app.use(...page.handlers);
  app.use(notFound, errorHandler(logger));
  return app;
}
