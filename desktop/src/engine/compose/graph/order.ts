import type { ServiceModel } from '../model.ts';

/** What waits for what: every name with the names it needs. Names that are not in the map themselves are ignored. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** Finds a cycle and returns it as a path that ends where it begins, or undefined. */
export function findCycle(dependencies: Dependencies): string[] | undefined {
  const done = new Set<string>();
  for (const start of dependencies.keys()) {
    const cycle = visit(start, dependencies, done);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Follows the needs of a name depth first, with a trail of its own: a long chain would exhaust the stack. */
function visit(start: string, dependencies: Dependencies, done: Set<string>): string[] | undefined {
  const trail: { readonly name: string; readonly rest: string[] }[] = [];
  const onTrail = new Map<string, number>();
  const enter = (name: string): void => {
    onTrail.set(name, trail.length);
    trail.push({ name, rest: [...(dependencies.get(name) ?? [])].reverse() });
  };
  if (!done.has(start)) enter(start);
  for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
    const next = last.rest.pop();
    if (next === undefined) {
      done.add(last.name);
      onTrail.delete(last.name);
      trail.pop();
    } else if (onTrail.has(next)) {
      return [...trail.slice(onTrail.get(next)).map(({ name }) => name), next];
    } else if (!done.has(next) && dependencies.has(next)) enter(next);
  }
  return undefined;
}

/** Names in layers: everything in a layer needs only names of earlier layers. Assumes that there is no cycle. */
export function layers(dependencies: Dependencies): string[][] {
  const found: string[][] = [];
  const placed = new Set<string>();
  let waiting = [...dependencies.keys()];
  while (waiting.length > 0) {
    const ready = waiting.filter((name) =>
      (dependencies.get(name) ?? []).every((need) => placed.has(need) || !dependencies.has(need)),
    );
    if (ready.length === 0) return [...found, waiting];
    for (const name of ready) placed.add(name);
    found.push(ready);
    waiting = waiting.filter((name) => !placed.has(name));
  }
  return found;
}

/** The services in layers in which they can be started; `depends_on` already holds links and shared namespaces. */
export function dependencyOrder(services: ReadonlyMap<string, ServiceModel>): string[][] {
  return layers(new Map([...services].map(([name, service]) => [name, Object.keys(service.depends_on ?? {})])));
}
