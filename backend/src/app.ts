import type { Monitor } from '@shop/service/health/monitor';
import { healthRoutes } from '@shop/service/health/routes';
import { errorHandler, notFound } from '@shop/service/http/errors';
import { accessLog } from '@shop/service/logging/access';
import { correlation } from '@shop/service/logging/correlation';
import type { Logger } from '@shop/service/logging/logger';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { productRoutes } from './catalogue/routes.ts';
import { Assistant, type AssistantDeps } from './chat/assistant.ts';
import { chatRoutes } from './chat/routes.ts';
import type { FileFeedback } from './feedback/file-feedback.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { requireToken } from './token.ts';

export interface AppDeps extends AssistantDeps {
  readonly version: string;
  readonly apiToken: string | undefined;
  readonly monitor: Monitor;
  readonly feedback: FileFeedback;
  readonly logger: Logger;
  /** The same lines, without the running request's correlation id (see accessLog). */
  readonly accessLogger: Logger;
}

/** The backend's HTTP interface. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(correlation(), accessLog(deps.accessLogger), helmet());
  app.use('/health', healthRoutes(deps.version, deps.monitor));
  app.use('/api', requireToken(deps.apiToken), express.json({ limit: '16kb' }));
  app.use('/api', productRoutes(deps.catalogue, deps.store));
  app.use('/api', chatRoutes(new Assistant(deps), deps.logger));
  app.use('/api', feedbackRoutes(deps.feedback));
  app.use(notFound, errorHandler(deps.logger));
  return app;
}
