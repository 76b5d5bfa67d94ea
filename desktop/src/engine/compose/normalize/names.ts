import type { Draft } from '../bind/bind.ts';

/** Gives a network, volume, secret or config the name that the engine knows it by. */
export function withName(resource: Draft, key: string, project: string): Draft {
  const { name, ...rest } = resource;
  if (typeof name === 'string' && name !== '') return { name, ...rest };
  return { name: resource['external'] === true ? key : `${project}_${key}`, ...rest };
}
