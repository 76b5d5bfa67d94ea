import type { NetworkAttachment, ServiceModel } from '#engine/compose/index.ts';
import { atLeast } from '#engine/docker/index.ts';
import type { Translation } from './container.ts';
import { links } from './links.ts';
import { defined, definedOrNothing } from './values.ts';

/** A network to connect between create and start. */
export interface LaterNetwork {
  readonly network: string;
  readonly endpoint: Readonly<Record<string, unknown>>;
}

interface Endpoints {
  readonly endpointsConfig?: Record<string, unknown>;
  readonly connectLater: readonly LaterNetwork[];
}

interface Attachment {
  readonly name: string;
  readonly options: NetworkAttachment;
  readonly primary: boolean;
}

/** Engines from API 1.44 on take all networks at once, older ones only the first. */
export function endpoints(input: Translation): Endpoints {
  const all = attachments(input).map((attachment) => ({
    network: attachment.name,
    endpoint: endpoint(input, attachment),
  }));
  const [primary, ...rest] = all;
  if (!primary) return { ...defaultBridge(input), connectLater: [] };
  const now = atLeast(input.apiVersion, '1.44') ? all : [primary];
  return {
    endpointsConfig: Object.fromEntries(now.map((entry) => [entry.network, entry.endpoint])),
    connectLater: now.length === 1 ? rest : [],
  };
}

/** The default bridge takes no options but the MAC address. */
function defaultBridge(input: Translation): { endpointsConfig?: Record<string, unknown> } {
  const { service, apiVersion } = input;
  const mac = service['mac_address'];
  const mode = service.network_mode ?? '';
  if (mac === undefined || !['bridge', 'default'].includes(mode) || !atLeast(apiVersion, '1.44')) return {};
  return { endpointsConfig: { [mode]: { MacAddress: mac } } };
}

/** The value of HostConfig.NetworkMode. */
export function networkMode(input: Translation): string {
  const mode = input.service.network_mode;
  if (mode !== undefined) {
    return mode.startsWith('service:') ? `container:${input.containerOf(mode.slice('service:'.length))}` : mode;
  }
  return attachments(input)[0]?.name ?? 'none';
}

/** The MAC address of the whole container, which is where engines before API 1.44 look for it. */
export function containerMac({ service, apiVersion }: Translation): unknown {
  if (atLeast(apiVersion, '1.44')) return undefined;
  return primaryOptions(service)?.mac_address ?? service['mac_address'];
}

/** By priority, highest first, then by name: the first is the primary network. */
export function networksByPriority(service: ServiceModel): [key: string, options: NetworkAttachment][] {
  return Object.entries(service.networks ?? {})
    .map(([key, options]): [string, NetworkAttachment] => [key, options ?? {}])
    .sort(([a, left], [b, right]) => (right.priority ?? 0) - (left.priority ?? 0) || (a < b ? -1 : 1));
}

function primaryOptions(service: ServiceModel): NetworkAttachment | undefined {
  return networksByPriority(service)[0]?.[1];
}

function attachments({ service, model }: Translation): Attachment[] {
  return networksByPriority(service).flatMap(([key, options], index) => {
    const network = model.networks.get(key);
    return network ? [{ name: network.name, options, primary: index === 0 }] : [];
  });
}

function endpoint(input: Translation, { options, primary }: Attachment): Record<string, unknown> {
  const { service, apiVersion } = input;
  const mac = options.mac_address ?? (primary ? service['mac_address'] : undefined);
  const interfaceName = options.interface_name;
  return defined({
    Aliases: [input.finalName, service.name, ...(options.aliases ?? [])],
    Links: links(input),
    IPAMConfig: definedOrNothing({
      IPv4Address: options.ipv4_address,
      IPv6Address: options.ipv6_address,
      LinkLocalIPs: options.link_local_ips,
    }),
    MacAddress: atLeast(apiVersion, '1.44') ? mac : undefined,
    DriverOpts: definedOrNothing({
      ...options.driver_opts,
      'com.docker.network.endpoint.ifname': atLeast(apiVersion, '1.49') ? interfaceName : undefined,
    }),
    GwPriority: atLeast(apiVersion, '1.48') ? options.gw_priority : undefined,
  });
}
