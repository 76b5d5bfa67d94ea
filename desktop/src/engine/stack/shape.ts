import type { Dependency, DependencyCondition, Model, ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { label } from './labels.ts';
import { isOneOff, serviceOf } from './naming.ts';
import { textList } from './translate/values.ts';

/** Services and what they depend on: all that stop, start, restart and down need to know. */
export type Shape = ReadonlyMap<string, Readonly<Record<string, Dependency>>>;

export function shapeOfModel(model: Model): Shape {
  return new Map([...model.services.values()].map((service) => [service.name, service.depends_on ?? {}]));
}

/** The shape of a project whose files cannot be read, rebuilt from labels as the CLI does. */
export function shapeOfLabels(containers: readonly ContainerDetail[]): Shape {
  const shape = new Map<string, Record<string, Dependency>>();
  for (const container of containers) {
    if (isOneOff(container)) continue;
    shape.set(serviceOf(container), parseDependsOn(container.labels[label.dependsOn] ?? ''));
  }
  return shape;
}

/** `db:service_healthy:false,cache:service_started:true`; parts left out mean "started" and "restart". */
function parseDependsOn(text: string): Record<string, Dependency> {
  const dependencies: Record<string, Dependency> = {};
  for (const entry of text.split(',')) {
    const [name = '', condition = '', restart = 'true'] = entry.trim().split(':');
    if (name === '') continue;
    dependencies[name] = { condition: asCondition(condition), required: true, restart: restart === 'true' };
  }
  return dependencies;
}

function asCondition(text: string): DependencyCondition {
  return text === 'service_healthy' || text === 'service_completed_successfully' ? text : 'service_started';
}

/** Services whose namespaces this one shares (`network_mode: service:db`). */
export function namespacesOf(service: ServiceModel): string[] {
  return ['network_mode', 'ipc', 'pid'].flatMap((key) => {
    const value = service[key];
    return typeof value === 'string' && value.startsWith('service:') ? [value.slice('service:'.length)] : [];
  });
}

/** Services whose namespaces or volumes this one shares (`network_mode: service:db`, `volumes_from: [db:ro]`). */
export function sharedWith(service: ServiceModel): string[] {
  const namespaces = namespacesOf(service);
  const volumes = (textList(service['volumes_from']) ?? []).flatMap((entry) => {
    const [name = ''] = entry.split(':');
    return name === 'container' ? [] : [name];
  });
  return [...new Set([...namespaces, ...volumes])];
}

/** Whether a service names containers by their names, so that those it depends on have to exist first. */
export function namesContainers(service: ServiceModel): boolean {
  const modes = ['network_mode', 'ipc', 'pid'].map((key) => service[key]);
  const byName = [...modes, ...(textList(service['volumes_from']) ?? [])].some((value) =>
    String(value).startsWith('container:'),
  );
  return byName || service['links'] !== undefined || service['external_links'] !== undefined;
}

/** Services that depend on the given one, directly. */
export function dependents(shape: Shape, service: string): string[] {
  return [...shape].filter(([, dependencies]) => Object.hasOwn(dependencies, service)).map(([name]) => name);
}

/** The named services and everything they depend on. */
export function withDependencies(shape: Shape, services: readonly string[]): Set<string> {
  const selected = new Set<string>();
  const queue = [...services];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (selected.has(name) || !shape.has(name)) continue;
    selected.add(name);
    queue.push(...Object.keys(shape.get(name) ?? {}));
  }
  return selected;
}
