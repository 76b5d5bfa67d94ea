import type { Draft } from '../bind/bind.ts';
import { texts } from '../normalize/service.ts';
import { isPlain } from '../schema/omit.ts';

/** Services by whether a profile keeps them from running. */
export interface Selection {
  readonly enabled: Map<string, Draft>;
  readonly disabled: Map<string, Draft>;
}

/** A service runs when it names no profile, or an active one, or all profiles are active (`*`). */
export function selectByProfile(services: ReadonlyMap<string, Draft>, active: readonly string[]): Selection {
  const enabled = new Map<string, Draft>();
  const disabled = new Map<string, Draft>();
  for (const [name, service] of services) {
    const own = texts(service['profiles']);
    const runs = own.length === 0 || active.includes('*') || own.some((profile) => active.includes(profile));
    (runs ? enabled : disabled).set(name, service);
  }
  return { enabled, disabled };
}

/** Keys of top-level resources that enabled services use. */
export function usedResources(
  services: Iterable<Draft>,
): Record<'networks' | 'volumes' | 'secrets' | 'configs', Set<string>> {
  const used = {
    networks: new Set<string>(),
    volumes: new Set<string>(),
    secrets: new Set<string>(),
    configs: new Set<string>(),
  };
  for (const service of services) {
    for (const network of Object.keys(isPlain(service['networks']) ? service['networks'] : {}))
      used.networks.add(network);
    for (const volume of records(service['volumes'])) {
      if (volume['type'] === 'volume' && typeof volume['source'] === 'string') used.volumes.add(volume['source']);
    }
    const build = isPlain(service['build']) ? service['build'] : {};
    for (const secret of [...records(service['secrets']), ...records(build['secrets'])])
      used.secrets.add(String(secret['source']));
    for (const config of records(service['configs'])) used.configs.add(String(config['source']));
  }
  return used;
}

export const records = (value: unknown): Readonly<Draft>[] => (Array.isArray(value) ? value.filter(isPlain) : []);
