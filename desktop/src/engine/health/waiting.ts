import type { ServiceCondition } from '#contract/index.ts';
import { allOf, say } from '#kit/say.ts';
import type { ServiceFacts } from './facts.ts';
import type { Judgement } from './judge.ts';

type Dependency = ServiceFacts['dependsOn'][number];

const up: ReadonlySet<ServiceCondition> = new Set([
  'starting',
  'running',
  'healthy',
  'unhealthy',
  'crashing',
  'paused',
  'done',
]);
/** Something happens (or goes wrong) here, so that whoever depends on it can be said to wait. */
const underWay: ReadonlySet<ServiceCondition> = new Set([
  'starting',
  'waiting',
  'unhealthy',
  'crashing',
  'running',
  'failed',
]);
const troubled: ReadonlySet<ServiceCondition> = new Set(['unhealthy', 'crashing', 'failed']);

function satisfied({ condition }: Dependency, state: ServiceCondition): boolean {
  if (condition === 'service_healthy') return state === 'healthy';
  if (condition === 'service_completed_successfully') return state === 'done';
  return up.has(state);
}

function wish({ service, condition }: Dependency): string {
  if (condition === 'service_healthy') return say`${service} to be healthy`;
  return condition === 'service_completed_successfully' ? say`${service} to finish` : say`${service} to start`;
}

/**
 * Finds the services that are held back by a dependency. One whose containers are created but not started waits where a
 * dependency is under way; one that an operation is about to start (`pending`) waits whatever its containers say.
 */
export function judgeWaiting(
  services: readonly ServiceFacts[],
  judged: ReadonlyMap<string, Judgement>,
  pending: ReadonlySet<string>,
): Map<string, Judgement> {
  const result = new Map(judged);
  const visited = new Set<string>();
  const byName = new Map(services.map((facts) => [facts.name, facts]));

  const visit = (facts: ServiceFacts): void => {
    if (visited.has(facts.name)) return;
    visited.add(facts.name);
    for (const { service } of facts.dependsOn) {
      const dependency = byName.get(service);
      if (dependency !== undefined) visit(dependency);
    }
    const own = result.get(facts.name);
    if (own === undefined || up.has(own.condition)) return;
    const asked = pending.has(facts.name);
    if (!asked && own.condition !== 'created') return;
    const open = facts.dependsOn.filter((dependency) => {
      const state = result.get(dependency.service)?.condition;
      return (
        state !== undefined && state !== 'unknown' && !satisfied(dependency, state) && (asked || underWay.has(state))
      );
    });
    if (open.length === 0) return;
    const trouble = open
      .map(({ service }) => ({ service, judgement: result.get(service) }))
      .find(({ judgement }) => judgement !== undefined && troubled.has(judgement.condition));
    const awaited = allOf(open.map(wish));
    const reason =
      trouble === undefined
        ? say`waits for ${awaited}`
        : say`waits for ${awaited}, but ${trouble.service} is ${trouble.judgement?.reason ?? say`in trouble`}`;
    result.set(facts.name, { condition: 'waiting', reason });
  };

  for (const facts of services) visit(facts);
  return result;
}
