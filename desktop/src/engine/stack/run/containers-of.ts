import { QuaysideError } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { containerName, isReplicaOf } from '../naming.ts';
import { type RunContext, serviceModel } from './context.ts';

/** The container that stands for a service in `service:NAME` references: its first replica. */
export function containerOf(context: RunContext, service: string): string {
  const [slot] = [...context.created, ...context.slots].filter(([name]) => name.startsWith(`${service}/`)).sort();
  // A service that this plan leaves alone has no slots.
  const id = slot?.[1] ?? replicasOf(context, service)[0]?.id;
  if (id !== undefined) return id;
  throw new QuaysideError('SERVICE_NOT_FOUND', say`No container of ${service} exists to share a namespace with.`, {
    remedy: say`Start ${service} first.`,
  });
}

/** Names of the containers of a service, as they are in the end. */
export function containersOf(context: RunContext, service: string): string[] {
  const slots = [...context.slots].filter(([slot]) => slot.startsWith(`${service}/`));
  if (slots.length === 0) return replicasOf(context, service).map(({ name }) => name);
  const model = serviceModel(context, service);
  return slots.map(([slot]) => containerName(context.project, model, Number(slot.slice(service.length + 1)))).sort();
}

function replicasOf({ observed }: RunContext, service: string) {
  return observed.containers.filter((container) => isReplicaOf(container, service));
}
