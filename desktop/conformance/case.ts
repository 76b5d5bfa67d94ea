import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LoadRequest } from '#engine/compose/index.ts';
import type { Item } from './area.ts';
import { toolEnvironment } from './reference.ts';

/** One project to be read by both tools. */
export interface Case extends Item {
  /** File contents by name relative to the project directory. */
  readonly files: Readonly<Record<string, string>>;
  /** Compose files in order; default `compose.yml`. */
  readonly use?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly project?: string;
  /** The indented lines of its only service, where it consists of nothing else. */
  readonly body?: string;
}

/** A case of one file whose only service `a` has the given lines. */
export const service = (name: string, body: string, rest = ''): Case =>
  rest === '' ? single(name, `image: x\n${body}`) : file(name, `${head}${indent(`image: x\n${body}`)}\n${rest}`);

const head = 'name: qs-case\nservices:\n  a:\n';

/** A case of one file whose only service `a` is this, and nothing else. */
export const single = (name: string, body: string, more: Partial<Case> = {}): Case => ({
  ...file(name, `${head}${indent(body)}\n`, more),
  body: indent(body),
});

/** A case of one file, as it stands. */
export const file = (name: string, text: string, more: Partial<Case> = {}): Case => ({
  name,
  ...more,
  files: { 'compose.yml': text, ...more.files },
});

/** A case of several files that override each other in order. */
export const overrides = (name: string, ...texts: string[]): Case => ({
  name,
  files: Object.fromEntries(texts.map((text, index) => [`c${index}.yml`, text])),
  use: texts.map((_, index) => `c${index}.yml`),
});

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

/** Puts the files of a case into a folder of its own for as long as `use` needs them. */
export async function withFolder<T>(one: Pick<Case, 'files'>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'qs-case-'));
  try {
    for (const [name, text] of Object.entries(one.files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The environment both tools see: what they need to run and what the case sets, nothing else of this process. */
export const environmentOf = (one: Pick<Case, 'env'>): Record<string, string> => ({ ...toolEnvironment(), ...one.env });

const filesOf = (one: Case): readonly string[] => one.use ?? ['compose.yml'];

/** The options of the reference tool that name the case. */
export function cliArguments(one: Case): string[] {
  return [
    ...filesOf(one).flatMap((name) => ['-f', name]),
    ...(one.envFiles ?? []).flatMap((name) => ['--env-file', name]),
    ...(one.profiles ?? []).flatMap((name) => ['--profile', name]),
    ...(one.project === undefined ? [] : ['-p', one.project]),
  ];
}

/** The same for this engine. */
export function requestOf(one: Case, folder: string): LoadRequest {
  const files = filesOf(one).map((name) => join(folder, name));
  return {
    directory: dirname(files[0] ?? folder),
    files,
    envFiles: (one.envFiles ?? []).map((name) => join(folder, name)),
    profiles: one.profiles ?? [],
    env: environmentOf(one),
    ...(one.project === undefined ? {} : { projectName: one.project }),
  };
}
