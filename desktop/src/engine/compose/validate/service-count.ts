import { say } from '#kit/say.ts';
import { invalidKey } from '../errors.ts';
import { isMap, type Node } from '../tree/node.ts';

const maxServices = 200;

/** Throws COMPOSE_INVALID for more services than a project may have: each costs time in every step that follows. */
export function checkServiceCount(root: Node | undefined): void {
  const services = isMap(root) ? root.entries.get('services') : undefined;
  if (!isMap(services) || services.entries.size <= maxServices) return;
  throw invalidKey(
    services,
    say`the project has ${services.entries.size} services; Quayside reads at most ${maxServices}`,
    say`Split it into several projects, each with compose files of its own.`,
  );
}
