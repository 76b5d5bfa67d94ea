import { resolve } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Lookup } from '../interpolate/template.ts';
import type { LoadRequest } from '../model.ts';
import { isNoFolder, readText, reasonOf, type StandIns } from '../tree/read-text.ts';
import { displayName, Source } from '../tree/source.ts';
import { Warnings } from '../warnings.ts';
import { type EnvEntry, parseEnvFile } from './env-file.ts';

/** The variables that interpolation sees: env files under the OS environment, which always wins. */
export interface Environment {
  readonly values: ReadonlyMap<string, string>;
  /** Absolute env files that were named explicitly. */
  readonly files: readonly string[];
}

/** Reads the env files of a request. Throws PROJECT_NOT_FOUND for a listed file that is missing, COMPOSE_INVALID for a bad one. */
export async function loadEnvironment(
  request: LoadRequest,
  warnings: Warnings,
  onEntry?: (entry: EnvEntry, source: Source) => void,
): Promise<Environment> {
  const os = new Map(Object.entries(request.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const named = request.envFiles.length > 0 ? envFilesOf(request) : [];
  const files = named.length > 0 ? named : await defaultEnvFiles(request, os);
  const found = new Map<string, string>();
  for (const file of files) {
    const source = new Source(file, displayName(request.directory, file), await readEnvFile(file, request.standIns));
    const lookup: Lookup = (name) => os.get(name) ?? found.get(name);
    const told = (entry: EnvEntry): void => {
      onEntry?.(entry, source);
    };
    for (const [key, value] of parseEnvFile(source, lookup, warnings, told)) found.set(key, value);
  }
  for (const [key, value] of os) found.set(key, value);
  return { values: found, files: named };
}

/** The variables alone. Throws as the load does. */
export async function variablesOf(request: LoadRequest): Promise<ReadonlyMap<string, string>> {
  return (await loadEnvironment(request, new Warnings())).values;
}

/** Absolute paths of the env files that a request is read with, the default ones whether they are there or not; later ones win. */
export function envFilesOf({ envFiles, directory, startDirectory = directory }: LoadRequest): string[] {
  if (envFiles.length > 0) return envFiles.map((file) => resolve(directory, file));
  return [...new Set([directory, startDirectory])].map((folder) => resolve(folder, '.env'));
}

async function defaultEnvFiles(request: LoadRequest, os: ReadonlyMap<string, string>): Promise<string[]> {
  if (isDisabled(os.get('COMPOSE_DISABLE_ENV_FILE') ?? '')) return [];
  const { standIns } = request;
  const present: string[] = [];
  for (const file of envFilesOf(request)) {
    const standIn = standIns?.has(file) === true;
    if (standIn ? standIns.get(file) !== undefined : await isNoFolder(file)) present.push(file);
  }
  return present;
}

/** Truth as Go's ParseBool has it. */
function isDisabled(value: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (value === '' || /^(?:0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw new QuaysideError('COMPOSE_INVALID', say`COMPOSE_DISABLE_ENV_FILE has to be true or false, not "${value}"`, {
    remedy: say`Set it to true or false, or unset it.`,
  });
}

async function readEnvFile(file: string, standIns: StandIns | undefined): Promise<string> {
  try {
    return await readText(file, standIns);
  } catch (cause) {
    throw new QuaysideError('PROJECT_NOT_FOUND', say`the env file ${file} cannot be read${reasonOf(cause)}`, {
      remedy: say`Create the file, or name another one.`,
      details: { file },
      cause,
    });
  }
}
