import { dirname, join, resolve } from 'node:path';
import { say } from '#kit/say.ts';
import { parseEnvFile } from './env/env-file.ts';
import { invalid, problemAt } from './errors.ts';
import type { Lookup } from './interpolate/template.ts';
import { mergeDocuments } from './merge/merge.ts';
import { absolute } from './normalize/paths.ts';
import { check } from './schema/check.ts';
import { include as includeType } from './schema/project.ts';
import { isList, isMap, isString, type MapNode, mapOf, type Node, textAt, withEntry } from './tree/node.ts';
import { isNoFolder, readText, reasonOf, type StandIns } from './tree/read-text.ts';
import { displayName, Source } from './tree/source.ts';
import { checkServiceCount } from './validate/service-count.ts';
import type { Warnings } from './warnings.ts';

/** What an include is read against; `including` names the files on the way here, to find circles. */
export interface IncludeScope {
  readonly directory: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly including: readonly string[];
  readonly warnings: Warnings;
  readonly standIns?: StandIns | undefined;
}

/** Reads files as a project of their own, with all paths absolute. */
export type LoadIncluded = (files: readonly string[], from: Node, scope: IncludeScope) => Promise<MapNode>;

const sections = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;

/** Adds what `include` names to a document; what the document says itself is merged over it. */
export async function applyInclude(document: MapNode, scope: IncludeScope, load: LoadIncluded): Promise<MapNode> {
  const include = document.entries.get('include');
  if (include === undefined) return document;
  if (!isList(include)) throw invalid(include, say`include has to be a list`, say`Write one file per entry.`);
  let imported: MapNode | undefined;
  for (const [index, entry] of include.items.entries()) {
    check(entry, includeType, ['include', `[${index}]`]);
    const part = await loadEntry(entry, scope, load);
    const resources = mapOf(
      part,
      new Map([...part.entries].filter(([key]) => sections.some((section) => section === key))),
    );
    imported = imported === undefined ? resources : mergeDocuments(imported, resources);
    checkServiceCount(imported);
  }
  const own = withEntry(document, 'include', undefined);
  return imported === undefined ? own : mergeDocuments(imported, own);
}

async function loadEntry(entry: Node, scope: IncludeScope, load: LoadIncluded): Promise<MapNode> {
  const paths = isMap(entry) ? listed(entry.entries.get('path')) : listed(entry);
  const first = paths[0];
  if (first === undefined) throw invalid(entry, say`an include names no file`, say`Add path.`);
  const remote = paths.find((path) => /^(?:oci|https?|git|ssh):\/\/|^git@/.test(path));
  if (remote !== undefined) {
    throw problemAt(
      'COMPOSE_UNSUPPORTED',
      entry,
      say`including a remote file is not supported: ${remote}`,
      say`Use a local copy.`,
    );
  }
  const files = paths.map((path) => resolve(absolute(path, scope.directory)));
  const main = files[0] ?? first;
  if (scope.including.includes(main)) {
    const circle = [...scope.including.slice(scope.including.indexOf(main)), main].map((file) =>
      displayName(scope.directory, file),
    );
    throw invalid(
      entry,
      say`files include each other in a circle: ${circle.join(' -> ')}`,
      say`Remove one of these includes.`,
    );
  }
  const given = isMap(entry) ? textAt(entry, 'project_directory') : undefined;
  const directory = given === undefined ? dirname(main) : absolute(given, scope.directory);
  const environment = await environmentOf(entry, directory, scope);
  return load(files, entry, { ...scope, directory, environment, including: [...scope.including, main] });
}

const listed = (node: Node | undefined): string[] => {
  if (isString(node)) return [node.value];
  return isList(node) ? node.items.flatMap((item) => (isString(item) ? [item.value] : [])) : [];
};

/** The variables of an include: its own env file only adds to what is known already. */
async function environmentOf(
  entry: Node,
  directory: string,
  scope: IncludeScope,
): Promise<ReadonlyMap<string, string>> {
  const named = isMap(entry) ? listed(entry.entries.get('env_file')) : [];
  const files =
    named.length > 0
      ? named.map((file) => absolute(file, scope.directory))
      : await defaultFile(directory, scope.standIns);
  const found = new Map<string, string>();
  for (const file of files.filter((path) => path !== '/dev/null')) {
    let text: string;
    try {
      text = await readText(file, scope.standIns);
    } catch (cause) {
      throw problemAt(
        'PROJECT_NOT_FOUND',
        entry,
        say`the env file ${displayName(scope.directory, file)} of this include cannot be read${reasonOf(cause)}`,
      );
    }
    const source = new Source(file, displayName(scope.directory, file), text);
    const lookup: Lookup = (name) => scope.environment.get(name) ?? found.get(name);
    for (const [key, value] of parseEnvFile(source, lookup, scope.warnings)) found.set(key, value);
  }
  return new Map([...found, ...scope.environment]);
}

async function defaultFile(directory: string, standIns: StandIns | undefined): Promise<string[]> {
  const file = join(directory, '.env');
  if (standIns?.has(file) === true) return standIns.get(file) === undefined ? [] : [file];
  return (await isNoFolder(file)) ? [file] : [];
}
