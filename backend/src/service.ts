import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logChanges } from '@shop/service/health/log-changes';
import { startMonitor } from '@shop/service/health/monitor';
import { createLoadShed } from '@shop/service/http/load-shed';
import { createLimitedServer, drain, listen } from '@shop/service/http/server';
import type { RunningService, ServiceContext } from '@shop/service/process/run';
import { createApp } from './app.ts';
import { loadCatalogue } from './catalogue/load.ts';
import { entriesOf } from './catalogue/passages.ts';
import { ExtractiveModel } from './chat/extractive-model.ts';
import { MemorySessions } from './chat/memory-sessions.ts';
import type { Config } from './config.ts';
import { FileFeedback } from './feedback/file-feedback.ts';
import { HashedEmbedder } from './retrieval/hashed-embedder.ts';
import { fillStore, HybridRetriever } from './retrieval/hybrid-retriever.ts';
import { MemoryVectorStore } from './retrieval/memory-vector-store.ts';

const embeddedCatalogue = fileURLToPath(new URL('../data', import.meta.url));
const fillTimeoutMs = 60_000;

/** The composition root: builds the parts from the configuration and serves them. */
export async function startService(context: ServiceContext<Config>): Promise<RunningService> {
  const { config, logger } = context;
  const catalogue = await loadCatalogue(config.catalogueDir ?? embeddedCatalogue);
  const embedder = new HashedEmbedder();
  const store = new MemoryVectorStore();
  const model = new ExtractiveModel();
  const parts = { entries: entriesOf(catalogue), synonyms: catalogue.synonyms, embedder, store };
  await fillStore(parts, AbortSignal.timeout(fillTimeoutMs));
  const limits = { intervalMs: config.healthIntervalMs, timeoutMs: config.healthTimeoutMs };
  const monitor = await startMonitor([embedder, store, model], limits, logChanges(logger));
  const shed = createLoadShed({ maxDelayMs: config.maxEventLoopDelayMs, maxRunning: config.maxRunningRequests });
  const app = createApp({
    ...context,
    catalogue,
    retriever: new HybridRetriever(parts),
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
