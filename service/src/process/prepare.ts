import { join } from 'node:path';
import type { z } from 'zod';
import { ConfigurationError, exitConfig } from '../config/errors.ts';
import { type ConfigDefinition, loadConfig } from '../config/load.ts';
import type { commonSettings } from '../config/values.ts';
import { createLogger } from '../logging/logger.ts';
import { createLoggers, type Loggers } from './loggers.ts';
import { versionOf } from './version.ts';

/** What the process needs before it can do anything; an invalid configuration ends it with one line that names all of it. */
export function prepare<S extends z.ZodObject<typeof commonSettings>>(
  service: string,
  root: string,
  definition: ConfigDefinition<S>,
): { config: z.infer<S>; version: string; loggers: Loggers } {
  const packageFile = join(root, 'package.json');
  try {
    const config = loadConfig(definition, process.env, join(root, 'config'));
    const version = versionOf(config.appVersion, packageFile);
    return { config, version, loggers: createLoggers(service, version, config) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const version = versionOf(undefined, packageFile);
    const log = createLogger({ service, version, level: 'info' }).child({ logger: 'main', module: 'process/run' });
    log.fatal({ issues: error.issues }, error.message);
    process.exit(exitConfig);
  }
}
