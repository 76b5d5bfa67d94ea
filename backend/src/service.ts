import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logChanges } from '@shop/service/health/log-changes';
import { startMonitor } from '@shop/service/health/monitor';
import { drain, listen } from '@shop/service/http/server';
import type { RunningService, ServiceContext } from '@shop/service/process/run';
import { createApp } from './app.ts';
import { loadCatalogue } from './catalogue/load.ts';
import { ExtractiveLlm } from './chat/extractive-llm.ts';
import { MemorySessions } from './chat/memory-sessions.ts';
import { MiniSearchStore } from './chat/minisearch-store.ts';
import type { Config } from './config.ts';
import { FileFeedback } from './feedback/file-feedback.ts';

const embeddedCatalogue = fileURLToPath(new URL('../data/catalogue.json', import.meta.url));

/** The composition root: builds the parts from the configuration and serves them. */
export async function startService(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, version, logger, accessLogger } = context;
  const catalogue = await loadCatalogue(config.catalogueFile ?? embeddedCatalogue);
  const store = new MiniSearchStore(catalogue);
  const llm = new ExtractiveLlm();
  const limits = { intervalMs: config.healthIntervalMs, timeoutMs: config.healthTimeoutMs };
  const monitor = await startMonitor([store, llm], limits, logChanges(logger));
  const app = createApp({
    version,
    logger,
    accessLogger,
    apiToken: config.apiToken,
    catalogue,
    store,
    llm,
    monitor,
    sessions: new MemorySessions(),
    feedback: new FileFeedback(config.dataDir ?? join(tmpdir(), 'shop-data')),
  });
  const server = createServer(app);
  const port = await listen(server, config.host, config.port);
  const stop = async () => {
    await drain(server, config.shutdownGraceMs);
    monitor.stop();
  };
  return { port, stop };
}
