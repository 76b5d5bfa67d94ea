import type { NetworkDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import { serviceOf } from '../naming.ts';
import { checkNetwork } from '../translate/limits.ts';
import { isChanged, networkOf } from './changed-networks.ts';
import { addStep, type UpContext, usedKeys } from './up-context.ts';

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
    const existing = networkOf(context.observed, key, network.name);
    if (existing && !isChanged(context.model, key, existing)) {
      context.networkIds.set(network.name, existing.id);
      continue;
    }
    checkNetwork(key, network, context.observed.apiVersion);
    const after = existing ? [planRebuild(context, key, existing, changeOf(existing, network.name))] : [];
    const id = `network:${key}`;
    context.networkSteps.set(key, id);
    addStep(context, {
      id,
      kind: 'network.create',
      resource: network.name,
      cause: existing ? changeOf(existing, network.name) : say`it does not exist yet`,
      after,
      task: { do: 'create-network', key },
    });
  }
}

function changeOf(existing: NetworkDetail, name: string): string {
  return existing.name === name ? say`its configuration changed` : say`it is called ${name} now`;
}

function planRebuild(context: UpContext, key: string, existing: NetworkDetail, cause: string): string {
  context.rebuiltNetworks.add(key);
  const attached = context.observed.containers.filter((c) => c.running && existing.containers.includes(c.id));
  const stops = attached.map((container) => {
    const id = `stop:${container.name}`;
    addStep(context, {
      id,
      kind: 'container.stop',
      resource: container.name,
      service: serviceOf(container),
      cause: say`network ${existing.name} is made anew`,
      after: [],
      task: { do: 'stop', container: container.id },
    });
    return id;
  });
  const id = `network-remove:${key}`;
  addStep(context, {
    id,
    kind: 'network.remove',
    resource: existing.name,
    cause,
    after: stops,
    task: {
      do: 'remove-network',
      id: existing.id,
      detach: context.observed.containers.map((container) => container.id),
    },
  });
  return id;
}
