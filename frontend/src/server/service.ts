import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { logChanges } from '@shop/service/health/log-changes';
import { startMonitor } from '@shop/service/health/monitor';
import { createLimitedServer, drain, listen } from '@shop/service/http/server';
import type { RunningService, ServiceContext } from '@shop/service/process/run';
import { backendDependency } from './api/backend.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { builtPage } from './pages/built-page.ts';
import type { Page } from './pages/page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = fileURLToPath(new URL('../../dist/page', import.meta.url));

async function openPage(environment: Config['environment'], server: Server): Promise<Page> {
  if (environment === 'production') return builtPage(built);
  // Vite is installed in development only.
  const { livePage } = await import('./pages/live-page.ts');
  return livePage(root, server);
}

/** The composition root: builds the parts from the configuration and serves them. */
export async function startService(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, logger } = context;
  const limits = { intervalMs: config.healthIntervalMs, timeoutMs: config.healthTimeoutMs };
  const monitor = await startMonitor([backendDependency(config.backendUrl)], limits, logChanges(logger));
  const server = createLimitedServer();
  const page = await openPage(config.environment, server);
  server.on('request', createApp({ ...context, monitor, page }));
  const port = await listen(server, config.host, config.port);
  const stop = async () => {
    const drained = drain(server, { delayMs: config.drainDelayMs, graceMs: config.shutdownGraceMs });
    // The live page's sockets would keep the server open.
    await page.close();
    await drained;
    monitor.stop();
  };
  return { port, stop };
}
