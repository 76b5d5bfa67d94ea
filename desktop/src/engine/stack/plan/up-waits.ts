import type { Dependency, ServiceModel } from '#engine/compose/index.ts';
import { say } from '#kit/say.ts';
import type { WaitCondition } from './step.ts';
import { addStep, replicas, type UpContext } from './up-context.ts';

/** The wait step that a dependency condition needs, made once per service; none where it is met already. */
export function planDependencyWait(context: UpContext, name: string, dependency: Dependency): string[] {
  const condition = dependency.condition === 'service_healthy' ? 'healthy' : 'completed';
  return addWait(context, name, condition, !dependency.required);
}

/** Waits for every selected service at the end of an `up`. */
export function planFinalWaits(context: UpContext): void {
  if (context.action.wait === false) return;
  for (const service of context.services) {
    if (!context.waitSteps.has(service.name)) addWait(context, service.name, finalCondition(context, service), false);
  }
}

function addWait(context: UpContext, name: string, condition: WaitCondition, optional: boolean): string[] {
  const known = context.waitSteps.get(name);
  if (known !== undefined) return [known];
  const starts = context.startSteps.get(name) ?? [];
  if (starts.length === 0 && isMet(context, name, condition)) return [];
  const id = `wait:${name}`;
  context.waitSteps.set(name, id);
  addStep(context, {
    id,
    kind: 'service.wait',
    resource: name,
    service: name,
    cause: waitCause(condition),
    after: starts,
    task: { do: 'wait', condition, optional },
  });
  return [id];
}

function isMet(context: UpContext, name: string, condition: WaitCondition): boolean {
  const containers = replicas(context, name);
  if (condition === 'completed') return false;
  return containers.every((container) =>
    container.health === 'none'
      ? condition === 'ready' && container.running
      : container.health === 'healthy' && container.running,
  );
}

function finalCondition(context: UpContext, service: ServiceModel): WaitCondition {
  const completes = context.services.some(
    (other) => other.depends_on?.[service.name]?.condition === 'service_completed_successfully',
  );
  return completes ? 'completed' : 'ready';
}

function waitCause(condition: WaitCondition): string {
  switch (condition) {
    case 'healthy':
      return say`services that depend on it need it healthy`;
    case 'completed':
      return say`services that depend on it need it to finish`;
    case 'ready':
      return say`done means healthy`;
  }
}
