import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Draft } from '../bind/bind.ts';
import { type EnvEntry, parseEnvFile, parseRawEnvFile } from '../env/env-file.ts';
import { invalid } from '../errors.ts';
import type { Lookup } from '../interpolate/template.ts';
import { isPlain } from '../schema/omit.ts';
import type { Origin } from '../tree/node.ts';
import { readText, reasonOf, type StandIns } from '../tree/read-text.ts';
import { displayName, Source } from '../tree/source.ts';
import type { Warnings } from '../warnings.ts';
import { texts } from './service.ts';

/** What resolving the variables of a service needs to know. */
export interface Surroundings {
  readonly directory: string;
  readonly lookup: Lookup;
  /** Where a service says something, for messages. */
  readonly where: (key: string) => Origin;
  readonly warnings: Warnings;
  readonly standIns?: StandIns | undefined;
  /** Told of every variable that an env file hands to the service. */
  readonly onEntry?: ((entry: EnvEntry, source: Source) => void) | undefined;
}

/**
 * Gives a service its final `environment`, `labels` and build arguments: env files under what the service says, variables without
 * value from the project's environment. Throws PROJECT_NOT_FOUND for a missing file, COMPOSE_INVALID for a bad one.
 */
export async function resolveVariables(service: Draft, around: Surroundings): Promise<void> {
  await resolveEnvironment(service, around);
  await resolveLabels(service, around);
  const build = service['build'];
  if (isPlain(build) && isPlain(build['args'])) {
    const args = fromLookup(build['args'], around.lookup).filter(([, value]) => value !== null);
    service['build'] = replaced(build, 'args', args.length === 0 ? undefined : Object.fromEntries(args));
  }
}

const replaced = (record: Readonly<Draft>, key: string, value: unknown): Draft => {
  const entries = Object.entries(record).map(([name, old]) => [name, name === key ? value : old] as const);
  return Object.fromEntries(entries.filter(([, own]) => own !== undefined));
};

function fromLookup(values: Readonly<Draft>, lookup: Lookup): [string, string | null][] {
  return Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value : (lookup(key) ?? null)]);
}

async function resolveEnvironment(service: Draft, around: Surroundings): Promise<void> {
  const given = isPlain(service['environment']) ? service['environment'] : {};
  const own = fromLookup(given, around.lookup);
  const ownTexts = new Map(own.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
  const fromFiles = new Map<string, string>();
  for (const entry of Array.isArray(service['env_file']) ? service['env_file'] : []) {
    if (!isPlain(entry)) continue;
    const source = await readListed(String(entry['path']), entry['required'] === false, around, 'env_file');
    if (source === undefined) continue;
    const lookup: Lookup = (name) => around.lookup(name) ?? ownTexts.get(name) ?? fromFiles.get(name);
    const onEntry = (found: EnvEntry): void => {
      around.onEntry?.(found, source);
    };
    for (const [key, value] of parser(entry['format'], around)(source, lookup, around.warnings, onEntry))
      fromFiles.set(key, value);
  }
  const all = new Map<string, string | null>([...fromFiles, ...own]);
  if (all.size === 0) delete service['environment'];
  else service['environment'] = Object.fromEntries(all);
}

function parser(format: unknown, around: Surroundings): typeof parseEnvFile {
  if (format === undefined || format === '') return parseEnvFile;
  if (format === 'raw') return parseRawEnvFile;
  throw invalid(
    around.where('env_file'),
    say`the env file format ${JSON.stringify(format)} is not known`,
    say`Use "raw", or leave format out.`,
  );
}

async function resolveLabels(service: Draft, around: Surroundings): Promise<void> {
  const files = texts(service['label_file']);
  if (files.length === 0) return;
  const labels = new Map<string, unknown>();
  for (const file of files) {
    const source = await readListed(file, false, around, 'label_file');
    if (source === undefined) continue;
    for (const [key, value] of parseEnvFile(source, () => undefined, around.warnings)) labels.set(key, value);
  }
  const own = isPlain(service['labels']) ? Object.entries(service['labels']) : [];
  service['labels'] = Object.fromEntries([...labels, ...own]);
}

const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

async function readListed(
  file: string,
  optional: boolean,
  around: Surroundings,
  key: string,
): Promise<Source | undefined> {
  try {
    return new Source(file, displayName(around.directory, file), await readText(file, around.standIns));
  } catch (cause) {
    if (optional && isMissing(cause)) return undefined;
    const where = around.where(key);
    const place = where.source.place(where.at);
    throw new QuaysideError(
      'PROJECT_NOT_FOUND',
      `${where.source.display}:${place.line}:${place.column}: ${say`the file ${displayName(around.directory, file)}, named by ${key}, cannot be read${reasonOf(cause)}`}`,
      { remedy: say`Create the file, or mark it with required: false.`, details: { place, file }, cause },
    );
  }
}
