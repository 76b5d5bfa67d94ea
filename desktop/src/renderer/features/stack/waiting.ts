import type { ServiceState } from '#contract/index.ts';
import type { OperationView } from '#state/index.ts';

/** A service that something holds up. */
export interface Waiting {
  service: string;
  condition: ServiceState['condition'];
  reason: string;
  /** ISO time at which its container was started. */
  since?: string | undefined;
}

/** The services that something holds up, and what it is. */
export function waitingServices(
  services: readonly ServiceState[],
  operation: OperationView | undefined,
): readonly Waiting[] {
  const told = operation !== undefined && operation.end === undefined ? operation.waiting : {};
  return services.flatMap(({ name, condition, reason, containers }) => {
    const held = condition === 'waiting' || condition === 'starting';
    const why = told[name] ?? (held ? reason : undefined);
    if (why === undefined || condition === 'healthy') return [];
    return {
      service: name,
      condition: held ? condition : 'waiting',
      reason: why,
      since: held ? containers[0]?.startedAt : undefined,
    };
  });
}
