import type { z } from 'zod';
import type { Deadlines } from '../deadlines.ts';
import { json, type Transport, unary } from '../transport.ts';
import type { DockerGateway, VolumeDetail } from '../types.ts';
import { encodeFilter, segment } from './filters.ts';
import { volumeInspect, volumeList } from './shapes.ts';

function toVolume(volume: z.infer<typeof volumeInspect>): VolumeDetail {
  return { name: volume.Name, driver: volume.Driver, labels: volume.Labels };
}

/** The volume calls of the gateway. */
export function createVolumeCalls(transport: Transport, deadlines: Deadlines): DockerGateway['volumes'] {
  const path = (name: string): string => `/volumes/${segment(name)}`;
  return {
    list: async (filter) => {
      const query = { filters: encodeFilter(filter) };
      const options = { method: 'GET', path: '/volumes', query, deadlineMs: deadlines.read } as const;
      return (await json(transport, volumeList, options)).Volumes.map(toVolume);
    },
    inspect: async (name) => {
      const options = { method: 'GET', path: path(name), deadlineMs: deadlines.read } as const;
      return toVolume(await json(transport, volumeInspect, options));
    },
    create: async (body) => {
      const options = { method: 'POST', path: '/volumes/create', body, deadlineMs: deadlines.change } as const;
      return toVolume(await json(transport, volumeInspect, options));
    },
    remove: async (name) => {
      await unary(transport, { method: 'DELETE', path: path(name), deadlineMs: deadlines.change, statuses: [404] });
    },
  };
}
