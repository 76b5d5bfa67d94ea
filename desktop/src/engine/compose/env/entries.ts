import { basename } from 'node:path';
import { type Lookup, substitute, TemplateError } from '../interpolate/template.ts';
import { Source } from '../tree/source.ts';
import { Warnings } from '../warnings.ts';
import { type EnvEntry, parseEnvFile, parseRawEnvFile } from './env-file.ts';

export type { EnvEntry };

/** How an env file is written: as `.env` is, or `raw`, each line taken as it stands. */
export type EnvFormat = 'plain' | 'raw';

/** The assignments of an env file, in order. Throws COMPOSE_INVALID or VARIABLE_MISSING with the place. */
export function readEnvEntries(file: string, text: string, lookup: Lookup, format: EnvFormat = 'plain'): EnvEntry[] {
  const entries: EnvEntry[] = [];
  const parse = format === 'raw' ? parseRawEnvFile : parseEnvFile;
  parse(new Source(file, basename(file), text), lookup, new Warnings(), (entry) => entries.push(entry));
  return entries;
}

/** Names of the variables that a text refers to; none where it is no valid expression. */
export function variablesIn(text: string): string[] {
  const names = new Set<string>();
  try {
    substitute(text, { lookup: () => undefined, onUse: ({ name }) => void names.add(name) });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  return [...names];
}
