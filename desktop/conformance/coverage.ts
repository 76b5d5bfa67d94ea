import { parseFullYaml } from '#engine/compose/parse/yaml.ts';
import { project } from '#engine/compose/schema/project.ts';
import type { OwnType, Type } from '#engine/compose/schema/types.ts';
import { isList, isMap, isString, type Node } from '#engine/compose/tree/node.ts';
import { Source } from '#engine/compose/tree/source.ts';
import type { Case } from './case.ts';

/** The forms in which a value of one of these kinds may be written. */
const ownForms: Readonly<Record<OwnType['kind'], readonly string[]>> = {
  command: ['string', 'list', 'null'],
  healthtest: ['string', 'list'],
  hosts: ['list', 'map'],
  ssh: ['list', 'map'],
  ulimit: ['int', 'map'],
  gpus: ['string', 'list'],
  external: ['bool', 'map'],
  any: [],
};

/** Attributes that this engine refuses by name. */
const refusedPaths = /^services\.\*\.(?:provider|credential_spec|models|use_api_socket)\b|^models\b/;

export const isRefused = (path: string): boolean => refusedPaths.test(path);

/** Every attribute of the specification, and every form in which it may be written, as `path` or `path (form)`. */
export function wantedForms(type: Type = project, path = ''): string[] {
  if (isRefused(path)) return [];
  switch (type.kind) {
    case 'struct':
      return [
        path,
        ...(type.short === undefined ? [] : [`${path} (short)`]),
        ...[...type.fields].flatMap(([key, { type: below }]) =>
          wantedForms(below, path === '' ? key : `${path}.${key}`),
        ),
      ];
    case 'list':
      return [path, ...(type.orText === true ? [`${path} (text)`] : []), ...wantedForms(type.item, `${path}[]`)];
    case 'record':
      return [path, ...(type.orList === true ? [`${path} (list)`] : []), ...wantedForms(type.value, `${path}.*`)];
    case 'mapping':
      return [`${path} (map)`, `${path} (list)`];
    case 'scalar':
      return [path];
    default:
      return ownForms[type.kind].map((form) => `${path} (${form})`);
  }
}

function visit(node: Node, type: Type, path: string, seen: Set<string>): void {
  switch (type.kind) {
    case 'struct':
      if (!isMap(node)) seen.add(node.kind === 'null' ? path : `${path} (short)`);
      else {
        seen.add(path);
        for (const [key, value] of node.entries) {
          const field = type.fields.get(key);
          if (field !== undefined) visit(value, field.type, path === '' ? key : `${path}.${key}`, seen);
        }
      }
      return;
    case 'list':
      seen.add(isString(node) ? `${path} (text)` : path);
      if (isList(node)) for (const item of node.items) visit(item, type.item, `${path}[]`, seen);
      return;
    case 'record':
      seen.add(isList(node) ? `${path} (list)` : path);
      if (isMap(node)) for (const value of node.entries.values()) visit(value, type.value, `${path}.*`, seen);
      return;
    case 'mapping':
    case 'scalar':
      seen.add(type.kind === 'scalar' ? path : `${path} (${node.kind})`);
      return;
    default:
      seen.add(`${path} (${node.kind})`);
  }
}

/** The same as far as the files of these cases hold it. */
export function seenForms(cases: readonly Case[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const text of cases.flatMap(({ files }) => Object.values(files))) {
    for (const root of rootsOf(text)) visit(root, project, '', seen);
  }
  return seen;
}

function rootsOf(text: string): Node[] {
  try {
    return parseFullYaml(new Source('/p/compose.yml', 'compose.yml', text)).map(({ root }) => root);
  } catch {
    return [];
  }
}

/** Whether a path such as `services.*.environment` is written in two files of one case, so that the rule for merging it is used. */
export function mergedPaths(cases: readonly Case[]): (pattern: string) => boolean {
  const pairs = cases
    .filter(({ use }) => (use?.length ?? 0) > 1)
    .map(({ files, use }) => (use ?? []).map((name) => rootsOf(files[name] ?? '')));
  return (pattern) =>
    pairs.some((roots) => roots.filter((all) => all.some((root) => holds(root, pattern.split('.')))).length > 1);
}

/** Whether a tree has something at a path; `*` is any key or item. */
function holds(node: Node, path: readonly string[]): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return true;
  if (isList(node)) return part === '*' && node.items.some((item) => holds(item, rest));
  if (!isMap(node)) return false;
  if (part === '*') return [...node.entries.values()].some((value) => holds(value, rest));
  const value = node.entries.get(part);
  return value !== undefined && holds(value, rest);
}
