import { type BaseAppOptions, createBaseApp } from '@shop/service/http/app';
import { errorHandler, notFound } from '@shop/service/http/errors';
import type { Logger } from '@shop/service/logging/logger';
import type { Express } from 'express';
import { apiProxy } from './api/proxy.ts';
import type { Config } from './config.ts';
import type { Page } from './pages/page.ts';

export interface AppDeps extends BaseAppOptions {
  readonly config: Config;
  readonly page: Page;
  readonly logger: Logger;
}

/** The frontend's HTTP interface: health, the page, and `/api` of the backend. */
export function createApp(deps: AppDeps): Express {
  const { config, page, logger } = deps;
  const directives = Object.fromEntries(
    Object.entries(page.contentSecurityPolicy).map(([name, sources]) => [name, [...sources]]),
  );
  const contentSecurityPolicy = { useDefaults: false, directives };
  // Whether customers come by HTTPS is known to what stands in front.
  const app = createBaseApp({ ...deps, helmet: { contentSecurityPolicy, strictTransportSecurity: false } });
  const { backendUrl, apiToken, proxyTimeoutMs: timeoutMs } = config;
  app.use(apiProxy({ backendUrl, apiToken, timeoutMs, logger }));
  app.use(...page.handlers);
  app.use(notFound, errorHandler(logger));
  return app;
}
