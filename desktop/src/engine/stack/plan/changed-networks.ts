import { hashProfileOf, type Model, networkHash } from '#engine/compose/index.ts';
import type { NetworkDetail } from '#engine/docker/index.ts';
import { label } from '../labels.ts';
import type { Observed } from '../observe.ts';

/** The project's network with that key: the one of the right name, else the first by name. */
export function networkOf(observed: Observed, key: string, name: string): NetworkDetail | undefined {
  const candidates = observed.networks.filter((network) => network.labels[label.network] === key);
  return (
    candidates.find((network) => network.name === name) ?? candidates.sort((a, b) => (a.name < b.name ? -1 : 1))[0]
  );
}

/** True where the engine's network is not what the files say: its settings or its name differ. */
export function isChanged(model: Model, key: string, existing: NetworkDetail): boolean {
  const network = model.networks.get(key);
  if (!network || network.external === true) return false;
  if (existing.name !== network.name) return true;
  const hash = existing.labels[label.configHash];
  const profile = hashProfileOf(existing.labels[label.version] ?? '');
  return hash !== undefined && hash !== networkHash(network, profile);
}

/** Keys of the networks of the given services that have to be made anew. */
export function changedNetworks(model: Model, observed: Observed, services: ReadonlySet<string>): Set<string> {
  const keys = [...services].flatMap((name) => Object.keys(model.services.get(name)?.networks ?? {}));
  return new Set(
    keys.filter((key) => {
      const network = model.networks.get(key);
      const existing = network && networkOf(observed, key, network.name);
      return existing !== undefined && isChanged(model, key, existing);
    }),
  );
}
