import type { z } from 'zod';
import { ConfigurationError, exitConfig } from '../config/errors.ts';
import type { ConfigDefinition } from '../config/load.ts';
import type { commonSettings } from '../config/values.ts';
import type { Logger } from '../logging/logger.ts';
import { prepare } from './prepare.ts';

/**
 * Runs a task with the configuration of a service, and then ends. Exit status: 0 when it is done, 78 when the
 * configuration is invalid or lacks what the task needs, 1 when the task rejects; its error is logged.
 */
export async function runTask<S extends z.ZodObject<typeof commonSettings>>(
  service: string,
  root: string,
  definition: ConfigDefinition<S>,
  task: (config: z.infer<S>, logger: Logger) => Promise<void>,
): Promise<void> {
  const { config, loggers } = prepare(service, root, definition);
  try {
    await task(config, loggers.logger);
  } catch (error) {
    const log = loggers.logger.child({ logger: 'main', module: 'process/task' });
    log.fatal({ err: error }, error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof ConfigurationError ? exitConfig : 1;
  }
  await loggers.close();
}
