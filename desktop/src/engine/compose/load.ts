import { resolve } from 'node:path';
import { assemble } from './assemble.ts';
import { type ComposeFile, finishTree, mergeFiles, readComposeFile } from './documents.ts';
import { loadEnvironment } from './env/environment.ts';
import { interpolate } from './interpolate/interpolate.ts';
import type { LoadRequest, Model } from './model.ts';
import { type NamedInFile, projectName } from './project/name.ts';
import type { LoadTrace } from './trace.ts';
import { isMap } from './tree/node.ts';
import { Warnings } from './warnings.ts';

/**
 * Reads compose files and everything they name into the canonical model. Pure but for reading files. Throws COMPOSE_INVALID,
 * COMPOSE_UNSUPPORTED, VARIABLE_MISSING or PROJECT_NOT_FOUND, with details.place where there is one. A `trace` is told of every
 * variable on the way, and makes the load forgive those that are required and missing.
 */
export async function loadModel(request: LoadRequest, trace?: LoadTrace): Promise<Model> {
  const warnings = new Warnings();
  const { values, files: envFiles } = await loadEnvironment(request, warnings, trace?.onProjectEntry);
  const files: ComposeFile[] = [];
  for (const file of request.files)
    files.push(await readComposeFile(resolve(request.directory, file), request.directory));
  const name = projectName({
    explicit: request.projectName,
    environment: values.get('COMPOSE_PROJECT_NAME'),
    file: nameInFiles(files, values),
    fallback: request.fallbackName,
    directory: request.directory,
  });
  const environment = new Map(values).set('COMPOSE_PROJECT_NAME', name);
  const including = files.map((file) => file.source.file);
  trace?.onEnvironment(environment);
  const { directory, standIns } = request;
  const onVariable = trace?.onVariable;
  const merged = await mergeFiles(files, { directory, environment, including, warnings, standIns, onVariable });
  const root = finishTree(merged, directory);
  trace?.onTree(root);
  return assemble({ request, name, root, files: including, envFiles, environment, warnings, trace });
}

/** `name:` as the last file has it that sets it, its variables resolved. */
function nameInFiles(files: readonly ComposeFile[], values: ReadonlyMap<string, string>): NamedInFile | undefined {
  const names = files.flatMap(({ documents }) =>
    documents.flatMap(({ root }) => (isMap(root) ? (root.entries.get('name') ?? []) : [])),
  );
  const last = names.findLast((name) => name.kind === 'string' && name.value !== '');
  if (last === undefined) return undefined;
  const resolved = interpolate(last, (variable) => values.get(variable), new Warnings());
  return resolved.kind === 'string' ? { text: resolved.value, where: last } : undefined;
}
