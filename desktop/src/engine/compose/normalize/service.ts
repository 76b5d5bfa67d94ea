import type { Draft } from '../bind/bind.ts';
import { isPlain } from '../schema/omit.ts';

interface Implied {
  readonly service: string;
  readonly restart: boolean;
}

const namespaces = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** Gives a service what follows from what it says: the default network, `missing` for `if_not_present`, implied dependencies. */
export function normalizeService(service: Draft): void {
  const networks = service['networks'];
  const attached = isPlain(networks) && Object.keys(networks).length > 0;
  if (!attached && service['network_mode'] === undefined && service['provider'] === undefined) {
    service['networks'] = { default: null };
  }
  if (service['pull_policy'] === 'if_not_present') service['pull_policy'] = 'missing';
  const implied = impliedDependencies(service);
  if (implied.length === 0) return;
  const dependsOn: Draft = isPlain(service['depends_on']) ? { ...service['depends_on'] } : {};
  for (const { service: name, restart } of implied) {
    dependsOn[name] ??= { condition: 'service_started', ...(restart ? { restart } : {}), required: true };
  }
  service['depends_on'] = dependsOn;
}

function impliedDependencies(service: Draft): Implied[] {
  const found: Implied[] = [];
  for (const link of texts(service['links'])) found.push({ service: link.split(':')[0] ?? link, restart: true });
  for (const key of namespaces) {
    const value = service[key];
    if (typeof value === 'string' && value.startsWith('service:')) {
      found.push({ service: value.slice('service:'.length), restart: true });
    }
  }
  for (const from of texts(service['volumes_from'])) {
    if (!from.startsWith('container:')) found.push({ service: from.split(':')[0] ?? from, restart: false });
  }
  return found;
}

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
