import { resolve } from 'node:path';
import { say } from '#kit/say.ts';
import { invalid, problemAt } from './errors.ts';
import { mergeService } from './merge/merge.ts';
import { applyResets } from './merge/reset.ts';
import { resolvePaths } from './normalize/paths.ts';
import { isMap, isString, type MapNode, mapOf, type Node, textAt, withEntry } from './tree/node.ts';
import type { Path } from './tree/path.ts';
import { kindName } from './tree/show.ts';

/** Reads the services of another file, short forms made long, its own documents merged, nothing validated yet. */
export type LoadServices = (file: string, from: Node) => Promise<{ services: MapNode; directory: string }>;

interface Scope {
  readonly services: MapNode;
  /** Directory in which `extends.file` of these services resolves. */
  readonly directory: string;
  readonly file: string;
}

/**
 * Replaces every `extends` of a document by what it stands for: base under extending service, recursively. Throws COMPOSE_INVALID for
 * unknown bases and circles.
 */
export async function applyExtends(
  document: MapNode,
  directory: string,
  file: string,
  resets: readonly Path[],
  load: LoadServices,
): Promise<MapNode> {
  const services = document.entries.get('services');
  if (services !== undefined && !isMap(services)) {
    throw invalid(
      services,
      say`services has to be a map, not ${kindName(services)}`,
      say`Define services below it, or remove it.`,
    );
  }
  if (
    services === undefined ||
    ![...services.entries.values()].some((service) => isMap(service) && service.entries.has('extends'))
  ) {
    return document;
  }
  const scope: Scope = { services, directory, file };
  const made = new Map<string, Node>();
  for (const [name, service] of services.entries)
    made.set(name, await extended(name, service, scope, [], resets, load));
  return withEntry(document, 'services', mapOf(services, made));
}

/** Each step is a call within the one before; far more than anybody writes, and far less than the stack holds. */
const longestChain = 200;

async function extended(
  name: string,
  service: Node,
  scope: Scope,
  trail: readonly string[],
  resets: readonly Path[],
  load: LoadServices,
): Promise<Node> {
  if (!isMap(service)) return service;
  const target = service.entries.get('extends');
  if (target === undefined) return service;
  const step = `${scope.file}:${name}`;
  if (trail.includes(step)) {
    const circle = [...trail.slice(trail.indexOf(step)), step]
      .map((one) => one.slice(one.lastIndexOf(':') + 1))
      .join(' -> ');
    throw invalid(target, say`services extend each other in a circle: ${circle}`, say`Remove one of these extends.`);
  }
  if (trail.length >= longestChain) {
    throw invalid(
      target,
      say`services extend each other over more than ${longestChain} steps`,
      say`Flatten the chain.`,
    );
  }
  const baseName = isString(target) ? target.value : isMap(target) ? textAt(target, 'service') : undefined;
  if (baseName === undefined) throw invalid(target, say`services.${name}.extends names no service`, say`Add service.`);
  const fromFile = isMap(target) ? textAt(target, 'file') : undefined;
  const next = fromFile === undefined ? scope : await otherFile(fromFile, scope, target, load);
  const base = next.services.entries.get(baseName);
  if (base === undefined) {
    throw invalid(
      target,
      say`the service ${name} extends ${baseName}, which ${fromFile ?? say`this file`} does not define`,
    );
  }
  const full = await extended(baseName, base, next, [...trail, step], [], load);
  const located = fromFile === undefined ? full : rebased(full, baseName, next.directory);
  const cleared = clearResets(located, name, resets);
  const merged = mergeService(cleared, withEntry(service, 'extends', undefined), name);
  return isMap(merged) ? withEntry(merged, 'extends', undefined) : merged;
}

async function otherFile(file: string, scope: Scope, target: Node, load: LoadServices): Promise<Scope> {
  if (/^(?:oci|https?|git|ssh):\/\//.test(file)) {
    throw problemAt(
      'COMPOSE_UNSUPPORTED',
      target,
      say`extends from a remote file is not supported: ${file}`,
      say`Use a local copy.`,
    );
  }
  const path = resolve(scope.directory, file);
  const { services, directory } = await load(path, target);
  return { services, directory, file: path };
}

function rebased(service: Node, name: string, directory: string): Node {
  if (!isMap(service)) return service;
  const tree = mapOf(service, new Map([['services', mapOf(service, new Map([[name, service]]))]]));
  const services = resolvePaths(tree, directory).entries.get('services');
  return (isMap(services) ? services.entries.get(name) : undefined) ?? service;
}

function clearResets(base: Node, name: string, resets: readonly Path[]): Node {
  if (!isMap(base) || resets.length === 0) return base;
  const tree = mapOf(base, new Map([['services', mapOf(base, new Map([[name, base]]))]]));
  const services = applyResets(tree, resets).entries.get('services');
  return (isMap(services) ? services.entries.get(name) : undefined) ?? base;
}
