import { resolve } from 'node:path';
import type { SourcePlace } from '#contract/index.ts';
import { readComposeFile } from './documents.ts';
import type { EnvEntry } from './env/env-file.ts';
import { interpolate, type OnVariable } from './interpolate/interpolate.ts';
import type { NamedVariable } from './interpolate/template.ts';
import { loadModel } from './load.ts';
import type { LoadRequest, Model } from './model.ts';
import { isList, isMap, isNull, isString, type MapNode, type Node, type Origin, textAt } from './tree/node.ts';
import type { Path } from './tree/path.ts';
import type { Source } from './tree/source.ts';
import { Warnings } from './warnings.ts';

/** A variable as a compose file names it. */
export interface VariableUse extends NamedVariable {
  readonly place: SourcePlace;
  /** Where in the document the value stands, such as `services`, `web`, `image`. */
  readonly path: Path;
}

/** An assignment in an env file. */
export interface EnvPlace {
  readonly name: string;
  readonly value: string | undefined;
  readonly place: SourcePlace;
}

/** An env file that a service is given, absolute, with the line that says so. */
export interface ServiceEnvFile {
  readonly service: string;
  readonly file: string;
  readonly required: boolean;
  readonly raw: boolean;
  readonly place: SourcePlace;
}

/** A variable that a service takes from around, without a value of its own. */
export interface PassedVariable {
  readonly service: string;
  readonly name: string;
  readonly place: SourcePlace;
}

/** Where a value of the resolved model comes from. */
export interface ValueOrigin {
  readonly place: SourcePlace;
  /** Variables that it is made of. */
  readonly variables: readonly string[];
}

const placeOf = ({ source, at }: Origin): SourcePlace => source.place(at);
const keyOf = ({ source, at }: Origin): string => `${source.file}:${at}`;

/** What a load met on its way. Costs nothing where none is asked for. */
export class LoadTrace {
  readonly uses: VariableUse[] = [];
  readonly projectEntries: EnvPlace[] = [];
  /** What interpolation saw. Holds secrets: never leaves the engine. */
  environment: ReadonlyMap<string, string> = new Map();
  #root: MapNode | undefined;
  readonly #variables = new Map<string, Set<string>>();
  readonly #handed = new Map<string, Map<string, SourcePlace>>();

  readonly onVariable: OnVariable = (variable, where, path) => {
    this.uses.push({ ...variable, place: placeOf(where), path });
    const known = this.#variables.get(keyOf(where)) ?? new Set();
    this.#variables.set(keyOf(where), known.add(variable.name));
  };

  readonly onProjectEntry = (entry: EnvEntry, source: Source): void => {
    this.projectEntries.push({ name: entry.key, value: entry.value, place: source.place(entry.at) });
  };

  onServiceEntry(service: string): (entry: EnvEntry, source: Source) => void {
    const handed = new Map<string, SourcePlace>();
    this.#handed.set(service, handed);
    return (entry, source) => void handed.set(entry.key, source.place(entry.at));
  }

  onEnvironment(environment: ReadonlyMap<string, string>): void {
    this.environment = environment;
  }

  onTree(root: MapNode): void {
    this.#root = root;
  }

  /** Env files of the services, in order; empty where the files could not be put together. */
  serviceEnvFiles(): ServiceEnvFile[] {
    return this.#services().flatMap(([service, node]) => {
      const listed = node.entries.get('env_file');
      return (isList(listed) ? listed.items : []).flatMap((item) => {
        if (!isMap(item)) return [];
        const required = item.entries.get('required');
        return {
          service,
          file: textAt(item, 'path') ?? '',
          required: !(required?.kind === 'bool' && !required.value),
          raw: textAt(item, 'format') === 'raw',
          place: placeOf(item),
        };
      });
    });
  }

  passed(): PassedVariable[] {
    return this.#services().flatMap(([service, node]) => {
      const build = node.entries.get('build');
      const places = [node.entries.get('environment'), isMap(build) ? build.entries.get('args') : undefined];
      return places.flatMap((values) =>
        withoutValue(values).map(([name, at]) => ({ service, name, place: placeOf(at) })),
      );
    });
  }

  /** Where the value at a path of the resolved model comes from; undefined for what no file says. */
  originAt(path: Path): ValueOrigin | undefined {
    const node = this.#root && exactNode(this.#root, path);
    if (node !== undefined) return { place: placeOf(node), variables: [...(this.#variables.get(keyOf(node)) ?? [])] };
    const [section, service = '', key, name = ''] = path;
    if (section !== 'services' || key !== 'environment' || path.length !== 4) return undefined;
    const place = this.#handed.get(service)?.get(name);
    return place && { place, variables: [] };
  }

  #services(): [string, MapNode][] {
    const services = this.#root?.entries.get('services');
    if (!isMap(services)) return [];
    return [...services.entries].flatMap(([name, node]) => (isMap(node) ? [[name, node] as [string, MapNode]] : []));
  }
}

function withoutValue(values: Node | undefined): [string, Node][] {
  if (isMap(values)) return [...values.entries].filter(([, value]) => isNull(value));
  if (!isList(values)) return [];
  return values.items.flatMap((item) =>
    isString(item) && !item.value.includes('=') ? [[item.value, item] as [string, Node]] : [],
  );
}

/** The node at a path; in a list of `KEY=VALUE` texts, the one of that key. */
function exactNode(root: Node, path: Path): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path) {
    if (isMap(node)) node = node.entries.get(part);
    else if (isList(node))
      node = part.startsWith('[') ? node.items[Number(part.slice(1, -1))] : itemOf(node.items, part);
    else return undefined;
  }
  return node;
}

const itemOf = (items: readonly Node[], key: string): Node | undefined =>
  items.find((item) => isString(item) && (item.value === key || item.value.startsWith(`${key}=`)));

/** What was met, and the model, or why there is none. */
export interface TracedLoad {
  readonly trace: LoadTrace;
  readonly model?: Model;
  readonly error?: unknown;
}

/** Loads as `loadModel` does, with a trace; files that it did not get to are looked at for variables all the same. */
export async function traceModel(request: LoadRequest): Promise<TracedLoad> {
  const trace = new LoadTrace();
  try {
    return { trace, model: await loadModel(request, trace) };
  } catch (error) {
    if (trace.uses.length === 0)
      for (const file of request.files) await scan(resolve(request.directory, file), request, trace);
    return { trace, error };
  }
}

async function scan(file: string, request: LoadRequest, trace: LoadTrace): Promise<void> {
  try {
    const { documents } = await readComposeFile(file, request.directory);
    for (const { root } of documents) interpolate(root, (name) => request.env[name], new Warnings(), trace.onVariable);
  } catch {
    // Why it cannot be read is told by the load itself.
  }
}
