import { type BaseAppOptions, createBaseApp } from '@shop/service/http/app';
import { errorHandler, notFound } from '@shop/service/http/errors';
import { limitRate } from '@shop/service/http/rate-limit';
import type { Logger } from '@shop/service/logging/logger';
import express, { type Express, type RequestHandler } from 'express';
import { productRoutes } from './catalogue/routes.ts';
import { Assistant, type AssistantDeps } from './chat/assistant.ts';
import { chatRoutes } from './chat/routes.ts';
import type { Config } from './config.ts';
import type { FileFeedback } from './feedback/file-feedback.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import { requireToken } from './token.ts';

export interface AppDeps extends AssistantDeps, BaseAppOptions {
  readonly config: Config;
  readonly feedback: FileFeedback;
  readonly logger: Logger;
  /** Refuses requests while the process cannot keep up. */
  readonly shed: RequestHandler;
}

/** The backend's HTTP interface. */
export function createApp(deps: AppDeps): Express {
  const { config, catalogue, retriever, logger } = deps;
  const app = createBaseApp(deps);
  const limit = limitRate({ name: 'api', perMinute: config.rateLimitPerMinute });
  app.use('/api', requireToken(config.apiToken), limit, deps.shed, productRoutes(catalogue, retriever));
  app.use('/api', express.json({ limit: '100kb' }), chatRoutes(new Assistant(deps), logger));
  app.use('/api', feedbackRoutes(deps.feedback));
  app.use(notFound, errorHandler(logger));
  return app;
}
