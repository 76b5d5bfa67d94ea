import type { ContainerDetail, ContainerSummary } from '#engine/docker/index.ts';

/** How much of what the list names is read: what differs from what is known, what is probed too, or all of it. */
export type ListMode = 'light' | 'probes' | 'full';

/** Whether the list gives a reason to read a container; `detail` is what is known of it. */
export function wantsReading(summary: ContainerSummary, detail: ContainerDetail | undefined, mode: ListMode): boolean {
  if (detail === undefined || mode === 'full') return true;
  const { restarting, state, health, networks, name } = detail;
  // A start that fails is told by what becomes of the container's network, and by nothing where it has none.
  const silent = state === 'created' && Object.keys(networks).length === 0;
  const probed = mode === 'probes' ? health !== 'none' : health === 'starting' || health === 'unhealthy';
  const sameHealth = summary.health === undefined || summary.health === health;
  return restarting || silent || probed || !sameHealth || summary.state !== state || summary.name !== name;
}
