import { dirname, resolve } from 'node:path';
import { type EngineOptions, projectFolder } from '#engine/engine.ts';

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
export async function selectionOf(
  options: GlobalOptions,
): Promise<Pick<EngineOptions, 'directory' | 'selection' | 'endpoint'>> {
  const { file = [], envFile = [], profile = [] } = options;
  const here = resolve(options.directory ?? process.cwd());
  const [first] = file;
  const search = options.directory === undefined && first === undefined;
  const directory = search ? await projectFolder(here, process.env) : here;
  // As docker compose does it, unless the folder is named.
  const own = options.directory === undefined && first !== undefined ? dirname(resolve(directory, first)) : undefined;
  const chosen = file.length > 0 || envFile.length > 0 || profile.length > 0 || options.projectName !== undefined;
  const selection = {
    files: file,
    // As they were typed where they can be: they stand in remedies.
    envFiles: directory === here ? envFile : envFile.map((one) => resolve(here, one)),
    profiles: profile,
    ...(options.projectName === undefined ? {} : { projectName: options.projectName }),
    ...(own === undefined ? {} : { projectDirectory: own }),
  };
  return {
    directory,
    ...(chosen ? { selection } : {}),
    endpoint: {
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.context === undefined ? {} : { context: options.context }),
    },
  };
}
