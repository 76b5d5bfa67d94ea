import type { NetworkAttachment, ServiceModel } from '#engine/compose/index.ts';
import type { Translation } from './container.ts';
import { defined } from './values.ts';

/** A network to connect between create and start. */
export interface LaterNetwork {
  readonly network: string;
  readonly endpoint: Readonly<Record<string, unknown>>;
}

interface Endpoints {
  readonly endpointsConfig?: Record<string, unknown>;
  readonly connectLater: readonly LaterNetwork[];
}

/** Engines from API 1.44 on take all networks at once, older ones only the first. */
export function endpoints(input: Translation): Endpoints {
  const attached = attachments(input);
  if (attached.length === 0) return { connectLater: [] };
  const all = attached.map(({ name, options }) => ({ network: name, endpoint: endpoint(input, options) }));
  if (atLeast(input.apiVersion, 1, 44)) {
    return {
      endpointsConfig: Object.fromEntries(all.map((entry) => [entry.network, entry.endpoint])),
      connectLater: [],
    };
  }
  const [primary, ...rest] = all;
  return primary
    ? { endpointsConfig: { [primary.network]: primary.endpoint }, connectLater: rest }
    : { connectLater: [] };
}

/** The value of HostConfig.NetworkMode. */
export function networkMode(input: Translation): string {
  const mode = input.service.network_mode;
  if (mode !== undefined) {
    return mode.startsWith('service:') ? `container:${input.containerOf(mode.slice('service:'.length))}` : mode;
  }
  return attachments(input)[0]?.name ?? 'none';
}

/** By priority, highest first, then by name: the first is the primary network. */
function attachments({ service, model }: Translation): { name: string; options: NetworkAttachment }[] {
  return Object.entries(service.networks ?? {})
    .sort(([a, left], [b, right]) => (right?.priority ?? 0) - (left?.priority ?? 0) || (a < b ? -1 : 1))
    .flatMap(([key, options]) => {
      const network = model.networks.get(key);
      return network ? [{ name: network.name, options: options ?? {} }] : [];
    });
}

function endpoint(input: Translation, options: NetworkAttachment): Record<string, unknown> {
  const ipam = defined({
    IPv4Address: options.ipv4_address,
    IPv6Address: options.ipv6_address,
    LinkLocalIPs: options.link_local_ips,
  });
  return defined({
    Aliases: [input.finalName, input.service.name, ...(options.aliases ?? [])],
    IPAMConfig: Object.keys(ipam).length === 0 ? undefined : ipam,
    MacAddress: atLeast(input.apiVersion, 1, 44) ? (options.mac_address ?? macAddress(input.service)) : undefined,
    DriverOpts: options.driver_opts,
    GwPriority: atLeast(input.apiVersion, 1, 48) ? options.gw_priority : undefined,
  });
}

function macAddress(service: ServiceModel): string | undefined {
  const value = service['mac_address'];
  return typeof value === 'string' ? value : undefined;
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
}
