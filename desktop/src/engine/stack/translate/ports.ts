import { QuaysideError } from '#contract/index.ts';
import type { PortModel, ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';

/** `{"80/tcp": {}}` for everything that is exposed or published. */
export function exposedPorts(service: ServiceModel): Record<string, object> | undefined {
  const exposed: Record<string, object> = {};
  for (const entry of stringList(service['expose'])) {
    for (const port of expand(entry)) exposed[port] = {};
  }
  for (const port of service.ports ?? []) exposed[portKey(port)] = {};
  return Object.keys(exposed).length === 0 ? undefined : exposed;
}

/** `{"80/tcp": [{HostIp, HostPort}]}`; an empty host port lets the engine choose one. */
export function portBindings(
  service: ServiceModel,
): Record<string, { HostIp: string; HostPort: string }[]> | undefined {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of service.ports ?? []) {
    const binding = { HostIp: port.host_ip ?? '', HostPort: port.published ?? '' };
    bindings[portKey(port)] = [...(bindings[portKey(port)] ?? []), binding];
  }
  return Object.keys(bindings).length === 0 ? undefined : bindings;
}

function portKey(port: PortModel): string {
  return `${port.target}/${port.protocol ?? 'tcp'}`;
}

function expand(entry: string): string[] {
  const [range = '', protocol = 'tcp'] = entry.split('/');
  const [first = '', last = first] = range.split('-');
  const from = Number(first);
  const to = Number(last);
  if (!Number.isInteger(from) || !Number.isInteger(to) || to < from || to - from > 65_535) {
    throw new QuaysideError('COMPOSE_INVALID', say`"${entry}" is not a port or a range of ports.`);
  }
  return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${protocol}`);
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
