import { networkHash, volumeHash } from '#engine/compose/index.ts';
import type { NetworkDetail } from '#engine/docker/index.ts';
import { label } from '../labels.ts';
import { serviceOf } from '../naming.ts';
import type { UpContext } from './up-context.ts';

/** Adds steps for the networks that the services use: create what is missing, make anew what the files changed. */
export function planNetworks(context: UpContext): void {
  for (const key of usedKeys(context, (service) => Object.keys(service.networks ?? {}))) {
    const network = context.model.networks.get(key);
    if (!network) continue;
    const external = network.external === true ? context.observed.externalNetworks.get(network.name) : undefined;
    if (external) {
      context.networkIds.set(network.name, external.id);
      continue;
    }
    const existing = findNetwork(context, key, network.name);
    const hash = existing?.labels[label.configHash];
    if (existing && (hash === undefined || hash === networkHash(network))) {
      context.networkIds.set(network.name, existing.id);
      continue;
    }
    const after = existing ? [planRebuild(context, key, existing)] : [];
    const id = `network:${key}`;
    context.networkSteps.set(key, id);
    context.steps.push({
      id,
      kind: 'network.create',
      resource: network.name,
      cause: existing ? 'its configuration changed' : 'it does not exist yet',
      after,
      task: { do: 'create-network', key },
    });
  }
}

function planRebuild(context: UpContext, key: string, existing: NetworkDetail): string {
  context.rebuiltNetworks.add(key);
  const attached = context.observed.containers.filter((c) => c.running && existing.containers.includes(c.id));
  const stops = attached.map((container) => {
    const id = `stop:${container.name}`;
    context.steps.push({
      id,
      kind: 'container.stop',
      resource: container.name,
      service: serviceOf(container),
      cause: `network ${existing.name} is made anew`,
      after: [],
      task: { do: 'stop', container: container.id },
    });
    return id;
  });
  const id = `network-remove:${key}`;
  context.steps.push({
    id,
    kind: 'network.remove',
    resource: existing.name,
    cause: 'its configuration changed',
    after: stops,
    task: { do: 'remove-network', id: existing.id },
  });
  return id;
}

function findNetwork(context: UpContext, key: string, name: string): NetworkDetail | undefined {
  const candidates = context.observed.networks.filter((network) => network.labels[label.network] === key);
  return candidates.find((network) => network.name === name);
}

/** Adds create steps for missing volumes. A volume that differs from the files is never touched, only named. */
export function planVolumes(context: UpContext): void {
  const keys = usedKeys(context, (service) =>
    (service.volumes ?? []).flatMap((mount) =>
      mount.type === 'volume' && mount.source !== undefined ? [mount.source] : [],
    ),
  );
  for (const key of keys) {
    const volume = context.model.volumes.get(key);
    if (!volume || volume.external === true) continue;
    const existing = context.observed.volumes.find((candidate) => candidate.name === volume.name);
    if (existing) {
      const hash = existing.labels[label.configHash];
      if (hash !== undefined && hash !== volumeHash(volume)) {
        context.warnings.push(
          `Volume ${volume.name} differs from the compose file. It is left as it is, because making it anew would delete its data.`,
        );
      }
      continue;
    }
    const id = `volume:${key}`;
    context.volumeSteps.set(key, id);
    context.steps.push({
      id,
      kind: 'volume.create',
      resource: volume.name,
      cause: 'it does not exist yet',
      after: [],
      task: { do: 'create-volume', key },
    });
  }
}

function usedKeys(
  context: UpContext,
  keysOf: (service: UpContext['services'][number]) => readonly string[],
): Set<string> {
  return new Set(context.services.flatMap((service) => keysOf(service)));
}
