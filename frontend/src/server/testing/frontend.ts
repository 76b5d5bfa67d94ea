import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@shop/service/config/load';
import { startMonitor } from '@shop/service/health/monitor';
import { drain, listen } from '@shop/service/http/server';
import { createLogger } from '@shop/service/logging/logger';
import { createLifecycle } from '@shop/service/process/lifecycle';
import type { Tracing } from '@shop/service/telemetry/tracing';
import { captureLines } from '@shop/service/testing/capture';
import { backendDependency } from '../api/backend.ts';
import { createApp } from '../app.ts';
import { type Config, configDefinition } from '../config.ts';
import { builtPage } from '../pages/built-page.ts';

/** A plain HTTP server on a free port, to stand in for a backend. */
export async function listenAnywhere(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void,
) {
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, '127.0.0.1', 0);
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function smallPage(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'shop-page-'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>shop</title>');
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'assets', 'page.js'), `${'// shop'.repeat(500)}\n`);
  return directory;
}

/** The frontend with a page of two files, in front of `backendUrl`, with its log lines. */
export async function startForTest(settings: Partial<Config> & Pick<Config, 'backendUrl'>, tracing?: Tracing) {
  const destination = captureLines();
  const options = { service: 'frontend', version: '9.9.9', level: 'info', destination };
  const config = { ...loadConfig(configDefinition, {}, '/nonexistent'), ...settings };
  const limits = { intervalMs: 50, timeoutMs: 500 };
  const monitor = await startMonitor([backendDependency(config.backendUrl)], limits, () => undefined);
  const directory = await smallPage();
  const app = createApp({
    config,
    version: options.version,
    lifecycle: createLifecycle(),
    metrics: undefined,
    tracing,
    monitor,
    page: builtPage(directory),
    logger: createLogger(options),
    accessLogger: createLogger({ ...options, asTheyAre: true }),
  });
  const server = createServer(app);
  const port = await listen(server, '127.0.0.1', 0);
  const stop = async () => {
    await drain(server, { delayMs: 0, graceMs: 1000 });
    monitor.stop();
    await rm(directory, { recursive: true });
  };
  return { url: `http://127.0.0.1:${port}`, lines: destination.lines, stop };
}
