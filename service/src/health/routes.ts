import { Router } from 'express';
import type { Lifecycle } from '../process/lifecycle.ts';
import type { Monitor } from './monitor.ts';
import { report } from './report.ts';

export interface HealthOptions {
  readonly version: string;
  readonly monitor: Monitor;
  readonly lifecycle: Lifecycle;
}

/** `/` and `/live`: the process serves. `/ready`: 503 when a dependency is unhealthy or the process is about to stop. */
export function healthRoutes({ version, monitor, lifecycle }: HealthOptions): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  router.get('/', (_request, response) => {
    response.json(report(version, {}));
  });
  router.get('/live', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/ready', (_request, response) => {
    const body = report(version, monitor.results());
    const now = lifecycle.stopping ? { ...body, status: 'unhealthy', stopping: true } : body;
    response.status(now.status === 'unhealthy' ? 503 : 200).json(now);
  });
  return router;
}
