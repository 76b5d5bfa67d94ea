import { join } from 'node:path';
import type { z } from 'zod';
import { ConfigurationError, exitConfig } from '../config/errors.ts';
import { type ConfigDefinition, loadConfig } from '../config/load.ts';
import type { CommonConfig, commonSettings } from '../config/values.ts';
import { createLogger, type Logger } from '../logging/logger.ts';
import { versionOf } from './version.ts';

export interface ServiceContext<C extends CommonConfig> {
  readonly config: C;
  readonly version: string;
  readonly logger: Logger;
  /** The same lines, without the running request's correlation id (see accessLog). */
  readonly accessLogger: Logger;
}

export interface RunningService {
  readonly port: number;
  /** Finishes running requests and frees everything. */
  stop(): Promise<void>;
}

function readConfig<S extends z.ZodObject>(service: string, root: string, definition: ConfigDefinition<S>): z.infer<S> {
  try {
    return loadConfig(definition, process.env, join(root, 'config'));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const version = versionOf(undefined, join(root, 'package.json'));
    const log = createLogger({ service, version, level: 'info' }).child({ logger: 'main', module: 'process/run' });
    log.fatal({ issues: error.issues }, error.message);
    process.exit(exitConfig);
  }
}

function stopOnSignal(log: Logger, running: RunningService): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping: no new requests, finishing the running ones');
    void running.stop().then(() => {
      log.info('stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * Runs a service as this process. `root` is the folder with `config/` and `package.json`. Exit status: 0 after
 * SIGTERM or SIGINT, 78 when the configuration is invalid, 1 after any other error.
 */
export async function run<S extends z.ZodObject<typeof commonSettings>>(
  service: string,
  root: string,
  definition: ConfigDefinition<S>,
  start: (context: ServiceContext<z.infer<S>>) => Promise<RunningService>,
): Promise<void> {
  const config = readConfig(service, root, definition);
  const version = versionOf(config.appVersion, join(root, 'package.json'));
  const options = { service, version, level: config.logLevel };
  const logger = createLogger(options);
  const log = logger.child({ logger: 'main', module: 'process/run' });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'stopping after an unexpected error');
    process.exit(1);
  });
  const accessLogger = createLogger({ ...options, context: false });
  const running = await start({ config, version, logger, accessLogger });
  stopOnSignal(log, running);
  log.info({ port: running.port, environment: config.environment }, `listening on port ${running.port}`);
}
