import { dirname } from 'node:path';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { invalid, problemAt } from './errors.ts';
import { applyExtends, type LoadServices } from './extends.ts';
import { applyInclude, type IncludeScope, type LoadIncluded } from './include.ts';
import { interpolate, type OnVariable } from './interpolate/interpolate.ts';
import { mergeDocuments } from './merge/merge.ts';
import { applyResets } from './merge/reset.ts';
import { dropRepeated } from './merge/unique.ts';
import { setDefaults } from './normalize/defaults.ts';
import { resolveListed } from './normalize/listed-environment.ts';
import { resolvePaths } from './normalize/paths.ts';
import type { ParsedDocument } from './parse/convert.ts';
import { decodeYaml } from './parse/decode.ts';
import { parseYaml } from './parse/parse.ts';
import { checkSchema } from './schema/check.ts';
import { canonical, dropEmptyDns } from './transform/canonical.ts';
import { isMap, type MapNode, type Node, type Origin, withEntry } from './tree/node.ts';
import { readBytes, reasonOf, UnusableFile } from './tree/read-text.ts';
import { kindName } from './tree/show.ts';
import { displayName, type Source } from './tree/source.ts';
import { checkServiceCount } from './validate/service-count.ts';
import { checkValues } from './validate/values.ts';

/** A compose file, read and parsed. */
export interface ComposeFile {
  readonly source: Source;
  readonly documents: readonly ParsedDocument[];
}

/** What the documents are read against: the directory of relative paths, the variables, the files on the way here. */
export interface Reading extends IncludeScope {
  readonly onVariable?: OnVariable | undefined;
}

/** Reads and parses one compose file. Throws PROJECT_NOT_FOUND where it cannot be read, COMPOSE_INVALID where it is no YAML. */
export async function readComposeFile(file: string, directory: string, from?: Origin): Promise<ComposeFile> {
  const display = displayName(directory, file);
  let bytes: Buffer;
  try {
    bytes = await readBytes(file);
  } catch (cause) {
    throw unreadable(cause, file, display, from);
  }
  const source = decodeYaml(file, display, bytes);
  const documents = await parseYaml(source);
  for (const { root } of documents) checkServiceCount(root);
  return { source, documents };
}

function unreadable(cause: unknown, file: string, display: string, from: Origin | undefined): QuaysideError {
  const message = say`the compose file ${display} cannot be read${reasonOf(cause)}`;
  const code = cause instanceof UnusableFile ? 'COMPOSE_INVALID' : 'PROJECT_NOT_FOUND';
  const remedy =
    cause instanceof UnusableFile
      ? say`Name a compose file; data belongs into files of its own.`
      : say`Check the name, and that the file exists and may be read.`;
  if (from !== undefined) return problemAt(code, from, message, remedy);
  return new QuaysideError(code, message, { remedy, details: { file }, cause });
}

/** Merges all documents of all files, in order, into one tree in long form. */
export async function mergeFiles(files: readonly ComposeFile[], reading: Reading): Promise<MapNode> {
  let model: MapNode | undefined;
  for (const file of files) {
    for (const document of file.documents) {
      model = await addDocument(model, file.source, document, reading);
      checkServiceCount(model);
    }
  }
  const first = files[0];
  if (model !== undefined && model.entries.size > 0) return model;
  throw new QuaysideError(
    'COMPOSE_INVALID',
    say`${first?.source.display ?? say`the compose file`}:1:1: the compose file is empty`,
    {
      remedy: say`Define at least one service under services.`,
      details: first === undefined ? {} : { place: first.source.place(0) },
    },
  );
}

async function addDocument(
  model: MapNode | undefined,
  source: Source,
  document: ParsedDocument,
  reading: Reading,
): Promise<MapNode> {
  const resolved = resolvedRoot(document, reading);
  const load: LoadServices = (file, from) => loadServices(file, from, reading);
  const extended = await applyExtends(resolved, reading.directory, source.file, document.resets, load);
  const cleared = model === undefined ? undefined : applyResets(model, document.resets);
  const whole = await applyInclude(extended, reading, loadIncluded);
  return settle(cleared === undefined ? whole : mergeDocuments(cleared, whole), reading, true);
}

/** The document with its variables resolved. */
function resolvedRoot(document: ParsedDocument, reading: Reading): MapNode {
  if (document.root.kind === 'null') {
    throw invalid(document.root, say`the document is empty`, say`Define at least one service under services.`);
  }
  for (const trap of document.octals) {
    reading.warnings.add(
      say`${trap.text} is read as an octal number, ${trap.value}; quote it if it is meant as a text`,
      trap.where,
    );
  }
  const resolved = interpolate(
    document.root,
    (name) => reading.environment.get(name),
    reading.warnings,
    reading.onVariable,
  );
  if (!isMap(resolved))
    throw invalid(resolved, say`the top level of a compose file has to be a map, not ${kindName(resolved)}`);
  return resolved;
}

/** After each document: unique lists, schema, long forms. */
function settle(merged: MapNode, reading: Reading, validate: boolean): MapNode {
  const unique = dropRepeated(merged);
  if (validate) checkSchema(unique);
  const version = unique.entries.get('version');
  if (version !== undefined) reading.warnings.add(say`"version" is obsolete and has no effect; remove it`, version);
  const long = canonical(withEntry(unique, 'version', undefined), reading.warnings);
  return dropRepeated(dropEmptyDns(long));
}

/** The services of a file that another one extends: merged and made long, neither validated nor extended yet. */
async function loadServices(
  file: string,
  from: Node,
  reading: Reading,
): Promise<{ services: MapNode; directory: string }> {
  const read = await readComposeFile(file, reading.directory, from);
  let model: MapNode | undefined;
  for (const document of read.documents) {
    const resolved = resolvedRoot(document, reading);
    const cleared = model === undefined ? undefined : applyResets(model, document.resets);
    model = settle(cleared === undefined ? resolved : mergeDocuments(cleared, resolved), reading, false);
  }
  const services = model?.entries.get('services');
  if (!isMap(services)) throw invalid(from, say`${read.source.display} has no services`);
  return { services, directory: dirname(file) };
}

/** An included project: a tree of its own with every path absolute. */
const loadIncluded: LoadIncluded = async (files, from, scope) => {
  const read: ComposeFile[] = [];
  for (const file of files) read.push(await readComposeFile(file, scope.directory, from));
  const tree = finishTree(await mergeFiles(read, scope), scope.directory);
  return resolveListed(tree, (name) => scope.environment.get(name));
};

/** What follows once all documents are merged: defaults, contradictions, absolute paths. */
export function finishTree(merged: MapNode, directory: string): MapNode {
  const complete = setDefaults(merged);
  checkValues(complete);
  return resolvePaths(complete, directory);
}
