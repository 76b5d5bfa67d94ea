import { resolve } from 'node:path';
import type { EngineOptions } from '#engine/engine.ts';

/** Options before the verb, as commander hands them over. */
export interface GlobalOptions {
  readonly directory?: string;
  readonly env?: string;
  readonly file?: readonly string[];
  readonly envFile?: readonly string[];
  readonly projectName?: string;
  readonly profile?: readonly string[];
  readonly host?: string;
  readonly context?: string;
  readonly json?: boolean;
}

/** The part of the engine's options that the command line decides. */
export function selectionOf(options: GlobalOptions): Pick<EngineOptions, 'directory' | 'selection' | 'endpoint'> {
  const { file = [], envFile = [], profile = [] } = options;
  const chosen = file.length > 0 || envFile.length > 0 || profile.length > 0 || options.projectName !== undefined;
  const selection = {
    files: file,
    envFiles: envFile,
    profiles: profile,
    ...(options.projectName === undefined ? {} : { projectName: options.projectName }),
  };
  return {
    directory: resolve(options.directory ?? process.cwd()),
    ...(chosen ? { selection } : {}),
    endpoint: {
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.context === undefined ? {} : { context: options.context }),
    },
  };
}
