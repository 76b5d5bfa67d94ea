import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import type { FoundEnvironment } from './environments.ts';

/** Reads YAML text into plain values; throws with the place where it is broken. */
export type ParseYaml = (text: string, file: string) => unknown;

const names = ['quayside.yml', 'quayside.yaml', 'quayside.json'];

const environmentEntry = z.strictObject({
  title: z.string().optional(),
  files: z.array(z.string()).min(1),
  env_files: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  /** Compose project name, taken as it is. */
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, - and _, beginning with a letter or digit')
    .optional(),
});
const quaysideFile = z.object({
  environments: z.record(z.string().regex(/^[\w.-]+$/), environmentEntry).optional(),
});

function invalid(file: string, message: string, cause?: unknown): QuaysideError {
  return new QuaysideError('COMPOSE_INVALID', `${basename(file)}: ${message}`, {
    remedy: 'Correct the file, or remove it: without it the environments follow from the names of the compose files.',
    details: { file },
    cause,
  });
}

function parse(file: string, text: string, parseYaml: ParseYaml | undefined): unknown {
  if (!file.endsWith('.json')) {
    if (parseYaml === undefined) throw invalid(file, 'YAML cannot be read here; use quayside.json.');
    return parseYaml(text, file);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  }
}

function titleOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

/** The environments that a quayside file names, in its order; undefined where there is no file or it names none. */
export async function readNamedEnvironments(
  directory: string,
  present: ReadonlySet<string>,
  parseYaml: ParseYaml | undefined,
): Promise<FoundEnvironment[] | undefined> {
  const name = names.find((candidate) => present.has(candidate));
  if (name === undefined) return undefined;
  const file = join(directory, name);
  const parsed = quaysideFile.safeParse(parse(file, await readFile(file, 'utf8'), parseYaml) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, parsed.error);
  }
  const entries = Object.entries(parsed.data.environments ?? {});
  if (entries.length === 0) return undefined;
  const folder = basename(directory);
  return entries.map(([id, entry]) => ({
    id,
    title: entry.title ?? titleOf(id),
    files: entry.files.map((path) => resolve(directory, path)),
    envFiles: entry.env_files.map((path) => resolve(directory, path)),
    profiles: entry.profiles,
    ...(entry.project === undefined ? {} : { projectName: entry.project }),
    fallbackName: entries.length === 1 ? folder : `${folder}-${id}`,
  }));
}
