import { normalMountPoints, normalMounts } from './normal-mounts.ts';
import type { ResourceKind } from './scene.ts';
import { list, object, sorted, type Tree, without } from './tree.ts';

/** What tells one making of a container from another. */
const passing = [
  ...['Id', 'Created', 'State', 'ResolvConfPath', 'HostnamePath', 'HostsPath', 'LogPath', 'GraphDriver', 'ExecIDs'],
  ...['RestartCount'],
];

/** Lists that docker compose fills in no order. */
const unordered = ['ExtraHosts', 'Ulimits', 'VolumesFrom', 'Links'];

/** What of a resource its making decided. `names` gives the service that a container id stands for. */
export function normal(kind: ResourceKind, inspected: Tree, names: ReadonlyMap<string, string>): Tree {
  switch (kind) {
    case 'container':
      return normalContainer(inspected, names);
    case 'network':
      return { ...without(inspected, 'Id', 'Created', 'Containers'), Labels: resourceLabels(inspected) };
    case 'volume':
      return { ...without(inspected, 'CreatedAt'), Labels: resourceLabels(inspected) };
  }
}

function normalContainer(inspected: Tree, names: ReadonlyMap<string, string>): Tree {
  const own = String(inspected['Id']);
  const running = object(inspected['State'])['Running'] === true;
  const text = [...names].reduce((all, [id, name]) => all.replaceAll(id, `<${name}>`), JSON.stringify(inspected));
  const tree = object(JSON.parse(text));
  const config = object(tree['Config']);
  const host = object(tree['HostConfig']);
  const { Networks } = object(tree['NetworkSettings']);
  return {
    ...without(tree, ...passing),
    Config: {
      ...config,
      Hostname: config['Hostname'] === own.slice(0, 12) ? '<id>' : config['Hostname'],
      Env: sorted(list(config['Env'])),
      ExposedPorts: exposed(object(config['ExposedPorts'])),
      Labels: containerLabels(object(config['Labels']), JSON.stringify(host).includes('<')),
    },
    HostConfig: {
      ...filled(without(host, 'Binds', 'Mounts', ...unordered)),
      ...Object.fromEntries(unordered.map((key) => [key, sorted(list(host[key]))])),
      ...Object.fromEntries(['CapAdd', 'CapDrop'].map((key) => [key, capabilities(host[key])])),
      Mounts: normalMounts(host['Binds'], host['Mounts']),
    },
    Mounts: normalMountPoints(tree['Mounts']),
    NetworkSettings: Object.fromEntries(
      Object.entries(object(Networks)).map(([name, endpoint]) => [name, normalEndpoint(object(endpoint), running)]),
    ),
  };
}

/** docker compose hands ports without protocol and ranges on as they are written. */
function exposed(ports: Tree): string[] {
  const single = Object.keys(ports).flatMap((port) => {
    const [range = '', protocol = 'tcp'] = port.split('/');
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${protocol}`);
  });
  return [...new Set(single)].sort();
}

/** Newer versions of docker compose write capabilities in full. */
const capabilities = (names: unknown): string[] =>
  list(names)
    .map((name) => String(name).replace(/^CAP_/, ''))
    .sort();

/** A hash that names other containers by their ids is another each time. */
function containerLabels(labels: Tree, shares: boolean): Tree {
  const own = Object.keys(labels).filter((key) => key.startsWith('dev.quayside.'));
  const kept = without(labels, ...own, ...(shares ? ['com.docker.compose.config-hash'] : []));
  const dependsOn = String(kept['com.docker.compose.depends_on']).split(',').sort();
  return { ...kept, 'com.docker.compose.depends_on': dependsOn };
}

/** Older versions of docker compose write no hash on networks and volumes; whether ours is right is another area's business. */
const resourceLabels = (inspected: Tree): Tree =>
  without(object(inspected['Labels']), 'com.docker.compose.config-hash');

/** Nothing, an empty map and an empty list mean the same here. */
const filled = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([, value]) => !/^(null|\{\}|\[\])$/.test(JSON.stringify(value))));

/** A running container has a MAC address in any case, and another each time. */
function normalEndpoint(endpoint: Tree, running: boolean): Tree {
  const asked = ['DriverOpts', 'GwPriority', ...(running ? [] : ['MacAddress'])];
  return {
    ...Object.fromEntries(asked.map((key) => [key, endpoint[key] ?? null])),
    IPAMConfig: filled(object(endpoint['IPAMConfig'])),
    Links: sorted(list(endpoint['Links'])),
    Aliases: sorted(list(endpoint['Aliases'])),
  };
}
