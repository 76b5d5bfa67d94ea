import type { Model, ServiceModel } from '#engine/compose/index.ts';
import { textList } from './values.ts';

/** What links need to know of the rest. */
export interface LinkSurroundings {
  readonly model: Model;
  readonly service: ServiceModel;
  /** Number of the replica that is created. */
  readonly number: number;
  /** Names of the containers of a service. */
  readonly containersOf: (service: string) => readonly string[];
}

/** `container:alias` entries: three aliases for each container of a linked service, one for each external link. */
export function links({ model, service, number, containersOf }: LinkSurroundings): string[] | undefined {
  const own = (textList(service['links']) ?? []).flatMap((link) => {
    const [name = link, alias = name] = link.split(':');
    // The number is that of the replica which links, not of the linked one: so does the CLI.
    const aliases = [alias, `${name}-${number}`, `${model.name}-${name}-${number}`];
    return containersOf(name).flatMap((container) => aliases.map((each) => `${container}:${each}`));
  });
  const external = (textList(service['external_links']) ?? []).map((link) => {
    const [container = link, alias = container] = link.split(':');
    return `${container}:${alias}`;
  });
  const all = [...own, ...external];
  return all.length === 0 ? undefined : all;
}
