import { ConfigurationError } from '../config/errors.ts';
import type { CommonConfig } from '../config/values.ts';
import { type LogFiles, openLogFiles } from '../logging/files.ts';
import { createLogger, fanOut, type Logger, standardOutput } from '../logging/logger.ts';

export interface Loggers {
  readonly logger: Logger;
  /** The same, with fields as they are (see accessLog). */
  readonly accessLogger: Logger;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** The loggers of a process: to standard output, and to files as well where the configuration names a folder. Throws ConfigurationError. */
export function createLoggers(
  service: string,
  version: string,
  { logLevel, logDir, environment }: Pick<CommonConfig, 'logLevel' | 'logDir' | 'environment'>,
): Loggers {
  const options = { service, version, level: logLevel };
  const output = standardOutput();
  if (logDir === undefined) {
    return {
      logger: createLogger({ ...options, destination: output }),
      accessLogger: createLogger({ ...options, destination: output, asTheyAre: true }),
      close: () => Promise.resolve(),
    };
  }
  const fallback = createLogger({ ...options, destination: output }).child({
    logger: 'main',
    module: 'process/loggers',
  });
  const files = openFiles(logDir, environment, (error) => {
    fallback.error({ err: error, logDir }, 'the log files cannot be written');
  });
  const application = fanOut([output, files.app], [files.error]);
  const access = fanOut([output, files.access], [files.error]);
  return {
    logger: createLogger({ ...options, destination: application }),
    accessLogger: createLogger({ ...options, destination: access, asTheyAre: true }),
    close: () => files.close(),
  };
}

function openFiles(...[directory, environment, onError]: Parameters<typeof openLogFiles>): LogFiles {
  try {
    return openLogFiles(directory, environment, onError);
  } catch (error) {
    throw new ConfigurationError([`LOG_DIR: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
