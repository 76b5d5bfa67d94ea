import { loadConfig } from '@shop/service/config/load';
import { createLogger } from '@shop/service/logging/logger';
import { createLifecycle } from '@shop/service/process/lifecycle';
import type { Tracing } from '@shop/service/telemetry/tracing';
import { captureLines } from '@shop/service/testing/capture';
import { type Config, configDefinition } from '../config.ts';
import { startService } from '../service.ts';

/** The whole backend on a free port of this machine, with its log lines. */
export async function startForTest(settings: Partial<Config> = {}, tracing?: Tracing) {
  const log = captureLines();
  const config = {
    ...loadConfig(configDefinition, { HOST: '127.0.0.1', PORT: '0' }, '/nonexistent'),
    shutdownGraceMs: 1000,
    drainDelayMs: 0,
    rateLimitPerMinute: 0,
    // A busy machine is no reason to refuse what a test asks.
    maxEventLoopDelayMs: 60_000,
    maxRunningRequests: 10_000,
    ...settings,
  };
  const options = { service: 'backend', version: '9.9.9', level: 'info', destination: log };
  const service = await startService({
    config,
    version: options.version,
    lifecycle: createLifecycle(),
    metrics: undefined,
    tracing,
    logger: createLogger(options),
    accessLogger: createLogger({ ...options, asTheyAre: true }),
  });
  return { ...service, lines: log.lines, url: `http://127.0.0.1:${service.port}` };
}
