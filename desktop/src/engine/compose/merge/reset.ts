import { isMap, type MapNode, mapValues, type Node } from '../tree/node.ts';
import { matches, type Path } from '../tree/path.ts';

/** Removes what a later document marked with `!reset` or `!override` from the model so far. Elements of lists cannot be removed. */
export function applyResets(model: MapNode, resets: readonly Path[]): MapNode {
  return resets.length === 0 ? model : clear(model, [], resets);
}

function clear(map: MapNode, path: Path, resets: readonly Path[]): MapNode {
  return mapValues(map, (value: Node, key) => {
    const next = [...path, key];
    if (resets.some((reset) => matches(next, reset))) return undefined;
    return isMap(value) ? clear(value, next, resets) : value;
  });
}
