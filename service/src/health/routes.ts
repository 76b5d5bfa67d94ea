import { Router } from 'express';
import type { Monitor } from './monitor.ts';
import { report } from './report.ts';

/** `/health` and `/health/live`: the process serves. `/health/ready`: 503 when a dependency is unhealthy. */
export function healthRoutes(version: string, monitor: Monitor): Router {
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
    response.status(body.status === 'unhealthy' ? 503 : 200).json(body);
  });
  return router;
}
