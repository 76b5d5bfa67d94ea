import {
  isList,
  isMap,
  type MapNode,
  mapItems,
  mapValues,
  type Node,
  stringOf,
  textAt,
  withEntry,
} from '../tree/node.ts';

/** Fills in what the specification takes for granted: build context, targets of secrets, protocol and mode of ports. */
export function setDefaults(root: MapNode): MapNode {
  const services = root.entries.get('services');
  return isMap(services) ? withEntry(root, 'services', mapValues(services, serviceDefaults)) : root;
}

function serviceDefaults(service: Node): Node {
  if (!isMap(service)) return service;
  return mapValues(service, (value, key) => {
    switch (key) {
      case 'build':
        return isMap(value) ? buildDefaults(value) : value;
      case 'secrets':
        return isList(value) ? mapItems(value, secretTarget) : value;
      case 'ports':
        return isList(value) ? mapItems(value, portDefaults) : value;
      default:
        return value;
    }
  });
}

function buildDefaults(build: MapNode): MapNode {
  const made = build.entries.has('context') ? build : withEntry(build, 'context', stringOf(build, '.'));
  if (textAt(made, 'dockerfile') !== undefined || textAt(made, 'dockerfile_inline') !== undefined) return made;
  return withEntry(made, 'dockerfile', stringOf(build, 'Dockerfile'));
}

function secretTarget(secret: Node): Node {
  if (!isMap(secret) || secret.entries.has('target')) return secret;
  return withEntry(secret, 'target', stringOf(secret, `/run/secrets/${textAt(secret, 'source') ?? ''}`));
}

function portDefaults(port: Node): Node {
  if (!isMap(port)) return port;
  const withProtocol = port.entries.has('protocol') ? port : withEntry(port, 'protocol', stringOf(port, 'tcp'));
  return withProtocol.entries.has('mode') ? withProtocol : withEntry(withProtocol, 'mode', stringOf(port, 'ingress'));
}
