import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logChanges } from '@shop/service/health/log-changes';
import { startMonitor } from '@shop/service/health/monitor';
import { createLoadShed } from '@shop/service/http/load-shed';
import { createLimitedServer, drain, listen } from '@shop/service/http/server';
import type { RunningService, ServiceContext } from '@shop/service/process/run';
import { createApp } from './app.ts';
import { embeddedCatalogue, loadCatalogue } from './catalogue/load.ts';
import { MemorySessions } from './chat/memory-sessions.ts';
import type { Config } from './config.ts';
import { FileFeedback } from './feedback/file-feedback.ts';
import { openParts } from './providers/parts.ts';

/** The composition root: builds the parts from the configuration and serves them. */
export async function startService(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, logger } = context;
  const catalogue = await loadCatalogue(config.catalogueDir ?? embeddedCatalogue);
  const { language, retriever, model, dependencies } = await openParts(config, catalogue, logger);
  const limits = { intervalMs: config.healthIntervalMs, timeoutMs: config.healthTimeoutMs };
  const monitor = await startMonitor(dependencies, limits, logChanges(logger));
  const shed = createLoadShed({ maxDelayMs: config.maxEventLoopDelayMs, maxRunning: config.maxRunningRequests });
  const app = createApp({
    ...context,
    catalogue,
    language,
    retriever,
    model,
    monitor,
    shed: shed.handler,
    sessions: new MemorySessions(),
    feedback: new FileFeedback(config.dataDir ?? join(tmpdir(), 'shop-data')),
  });
  const server = createLimitedServer(app);
  const port = await listen(server, config.host, config.port);
  const stop = async () => {
    await drain(server, { delayMs: config.drainDelayMs, graceMs: config.shutdownGraceMs });
    shed.stop();
    monitor.stop();
  };
  return { port, stop };
}
