import type { Lookup } from '../interpolate/template.ts';
import { isList, isMap, isString, type MapNode, mapItems, mapValues, type Node, stringOf } from '../tree/node.ts';

/**
 * Gives the variables that services name without a value in list form the value that they have here. An included project has variables
 * of its own, which are forgotten afterwards; in map form the reference tool looks them up later, and so among the others.
 */
export function resolveListed(root: MapNode, lookup: Lookup): MapNode {
  return mapValues(root, (section, name) => {
    if (name !== 'services' || !isMap(section)) return section;
    return mapValues(section, (service) =>
      isMap(service)
        ? mapValues(service, (value, key) => (key === 'environment' ? resolved(value, lookup) : value))
        : service,
    );
  });
}

function resolved(environment: Node, lookup: Lookup): Node {
  if (!isList(environment)) return environment;
  return mapItems(environment, (item) => {
    if (!isString(item) || item.value.includes('=')) return item;
    const value = lookup(item.value);
    return value === undefined ? item : stringOf(item, `${item.value}=${value}`);
  });
}
