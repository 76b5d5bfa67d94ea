import type { PublishedPort } from '#contract/index.ts';
import type { PortBinding } from '#engine/docker/index.ts';

const EVERYWHERE = new Set(['', '0.0.0.0', '::']);
const LOOPBACK = new Set(['127.0.0.1', '::1']);
/** Ports of services that do not speak HTTP: databases, queues, mail, ssh. */
const NOT_HTTP = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 1433, 1521, 1883, 2181, 3306, 5432, 5671, 5672, 6379, 9042, 9092,
  11211, 27017,
]);

function hostOf(hostIp: string): string | undefined {
  return EVERYWHERE.has(hostIp) || LOOPBACK.has(hostIp) ? 'localhost' : undefined;
}

/**
 * Published ports for display: the IPv4 and IPv6 halves of one binding are one entry. `local` = the engine runs on this
 * machine, so that its ports are reachable from a browser here.
 */
export function describePorts(bindings: readonly PortBinding[], local: boolean): PublishedPort[] {
  const seen = new Map<string, PublishedPort>();
  for (const { hostIp, hostPort, containerPort, protocol } of bindings) {
    const scope = hostOf(hostIp) ?? hostIp;
    const key = [scope, hostPort, containerPort, protocol].join(' ');
    if (seen.has(key)) continue;
    const host = hostOf(hostIp);
    const browsable = local && host !== undefined && protocol === 'tcp' && !NOT_HTTP.has(containerPort);
    seen.set(key, {
      hostIp,
      hostPort,
      containerPort,
      protocol,
      ...(browsable ? { url: `http://${host}:${hostPort}` } : {}),
    });
  }
  return [...seen.values()].sort((a, b) => a.hostPort - b.hostPort);
}
