import { resolve } from 'node:path';
import type { EnvFile } from '#contract/index.ts';
import { type EnvEntry, type EnvFormat, type LoadTrace, readEnvEntries } from '#engine/compose/index.ts';
import { shownFile } from './shown-file.ts';
import { refusalOf } from './store/path-policy.ts';
import { readIfThere } from './store/replace-file.ts';
import { revisionOf } from './store/revision.ts';

/** An env file that an environment names. */
export interface NamedEnvFile {
  /** Absolute. */
  readonly path: string;
  readonly role: 'project' | 'service';
  readonly services: readonly string[];
  readonly format: EnvFormat;
}

interface Where {
  readonly directory: string;
  readonly envFiles: readonly string[];
}

/** Env files of an environment: those that the compose files are read with, then those that only services are given. */
export function namedEnvFiles({ directory, envFiles }: Where, trace: LoadTrace): NamedEnvFile[] {
  const project = (envFiles.length > 0 ? envFiles : ['.env']).map((file) => resolve(directory, file));
  const listed = trace.serviceEnvFiles();
  const all = [...new Set([...project, ...listed.map(({ file }) => file)])];
  return all.map((path) => {
    const own = listed.filter(({ file }) => file === path);
    const role = project.includes(path) ? 'project' : 'service';
    const raw = role === 'service' && own.some((one) => one.raw);
    return { path, role, services: [...new Set(own.map(({ service }) => service))], format: raw ? 'raw' : 'plain' };
  });
}

/** An env file with what it holds. */
export interface ReadEnvFile extends NamedEnvFile {
  readonly content: Buffer | undefined;
  readonly text: string;
  /** Empty where the file is broken. */
  readonly entries: readonly EnvEntry[];
  readonly lineOf: (offset: number) => number;
}

export async function readEnvFile(
  file: NamedEnvFile,
  lookup: (name: string) => string | undefined,
): Promise<ReadEnvFile> {
  const content = await readIfThere(file.path).catch(() => undefined);
  const text = content?.toString('utf8') ?? '';
  return { ...file, content, text, entries: entriesOf(file, text, lookup), lineOf: lineCounter(text) };
}

/** Assignments of a text, none where it is broken. */
function entriesOf(
  { path, format }: NamedEnvFile,
  text: string,
  lookup: (name: string) => string | undefined,
): EnvEntry[] {
  try {
    return readEnvEntries(path, text, lookup, format);
  } catch {
    return [];
  }
}

function lineCounter(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split('\n').length;
}

export async function describeFile(directory: string, file: ReadEnvFile): Promise<EnvFile> {
  const refused = await refusalOf(file.path, directory);
  return {
    file: shownFile(directory, file.path),
    role: file.role,
    services: [...file.services],
    exists: file.content !== undefined,
    ...(refused === undefined ? {} : { refused }),
    revision: revisionOf(file.content),
  };
}
