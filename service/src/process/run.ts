import { once } from 'node:events';
import type { z } from 'zod';
import type { ConfigDefinition } from '../config/load.ts';
import type { CommonConfig, commonSettings } from '../config/values.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { startTracing, type Tracing } from '../telemetry/tracing.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import type { Loggers } from './loggers.ts';
import { prepare } from './prepare.ts';

export interface ServiceContext<C extends CommonConfig> extends Pick<Loggers, 'logger' | 'accessLogger'> {
  readonly config: C;
  readonly version: string;
  readonly lifecycle: Lifecycle;
  /** Absent where nobody can read them. */
  readonly metrics: Metrics | undefined;
  /** Absent where nobody collects them. */
  readonly tracing: Tracing | undefined;
}

export interface RunningService {
  readonly port: number;
  /** Finishes running requests and frees everything. */
  stop(): Promise<void>;
}

/** The first signal ends the process in order, the second at once. */
function stopOnSignal(log: Logger, lifecycle: Lifecycle, stop: () => Promise<void>): void {
  const onSignal = (signal: NodeJS.Signals) => {
    if (lifecycle.stopping) process.exit(1);
    lifecycle.beginStop();
    log.info({ signal }, 'stopping: not ready any more, finishing the running requests');
    void stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

async function startMetrics(service: string, { adminPort, host }: CommonConfig) {
  if (adminPort === undefined) return { metrics: undefined, stop: () => Promise.resolve() };
  const { createMetrics, serveMetrics } = await import('../metrics/metrics.ts');
  const metrics = createMetrics(service);
  const server = await serveMetrics(metrics, host, adminPort);
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { metrics, stop };
}

/**
 * Runs a service as this process. `root` is the folder with `config/` and `package.json`. Exit status: 0 after
 * SIGTERM or SIGINT, 78 when the configuration is invalid, 1 after any other error or a second signal.
 */
export async function run<S extends z.ZodObject<typeof commonSettings>>(
  service: string,
  root: string,
  definition: ConfigDefinition<S>,
  start: (context: ServiceContext<z.infer<S>>) => Promise<RunningService>,
): Promise<void> {
  const { config, version, loggers } = prepare(service, root, definition);
  const { logger, accessLogger } = loggers;
  const log = logger.child({ logger: 'main', module: 'process/run' });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'stopping after an unexpected error');
    void loggers.close().finally(() => process.exit(1));
  });
  const lifecycle = createLifecycle();
  const { metrics, stop: stopMetrics } = await startMetrics(service, config);
  const tracing = await startTracing(service, version, config);
  const running = await start({ config, version, logger, accessLogger, lifecycle, metrics, tracing });
  stopOnSignal(log, lifecycle, async () => {
    await Promise.all([running.stop(), stopMetrics()]);
    await tracing?.stop();
    log.info('stopped');
    await loggers.close();
  });
  log.info({ port: running.port, environment: config.environment }, `listening on port ${running.port}`);
}
