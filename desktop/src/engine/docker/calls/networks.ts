import type { z } from 'zod';
import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import type { Deadlines } from '../deadlines.ts';
import { json, type Transport, unary } from '../transport.ts';
import type { DockerGateway, NetworkDetail } from '../types.ts';
import { encodeFilter, segment } from './filters.ts';
import { present } from './present.ts';
import { networkCreated, networkInspect, networkList } from './shapes.ts';

function toNetwork(network: z.infer<typeof networkInspect>): NetworkDetail {
  return {
    id: network.Id,
    name: network.Name,
    labels: network.Labels,
    containers: Object.keys(network.Containers),
  };
}

/** The network calls of the gateway. */
export function createNetworkCalls(transport: Transport, deadlines: Deadlines): DockerGateway['networks'] {
  const path = (id: string): string => `/networks/${segment(id)}`;

  const inspect = async (id: string): Promise<NetworkDetail> => {
    const options = { method: 'GET', path: path(id), deadlineMs: deadlines.read } as const;
    const network = toNetwork(await json(transport, networkInspect, options));
    // The engine also finds by any beginning of an id, which a name may be by chance.
    if (network.id !== id && network.name !== id) {
      throw new QuaysideError('ENGINE_NOT_FOUND', say`There is no network ${id}.`);
    }
    return network;
  };
  const change = async (id: string, verb: 'connect' | 'disconnect', body: Record<string, unknown>): Promise<void> => {
    const deadlineMs = deadlines.change;
    await unary(transport, { method: 'POST', path: `${path(id)}/${verb}`, body, deadlineMs });
  };

  return {
    list: async (filter) => {
      const query = { filters: encodeFilter(filter) };
      const options = { method: 'GET', path: '/networks', query, deadlineMs: deadlines.read } as const;
      const found = await json(transport, networkList, options);
      // The list leaves out who is attached.
      return present(found, ({ Id }) => inspect(Id));
    },
    inspect,
    create: async (body) => {
      const options = { method: 'POST', path: '/networks/create', body, deadlineMs: deadlines.change } as const;
      return { id: (await json(transport, networkCreated, options)).Id };
    },
    connect: (id, container, endpoint) => change(id, 'connect', { Container: container, EndpointConfig: endpoint }),
    disconnect: (id, container) => change(id, 'disconnect', { Container: container, Force: false }),
    remove: async (id) => {
      await unary(transport, { method: 'DELETE', path: path(id), deadlineMs: deadlines.change, statuses: [404] });
    },
  };
}
