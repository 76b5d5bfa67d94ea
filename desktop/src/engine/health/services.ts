import type { ServiceCondition, ServiceState } from '#contract/index.ts';
import { say } from '#kit/say.ts';
import { describeContainer, replicaNumber } from './container-state.ts';
import { type ServiceFacts, serviceOf } from './facts.ts';
import { type Judgement, judgeContainer, type SeenContainer } from './judge.ts';
import { describePorts } from './ports.ts';
import { judgeWaiting } from './waiting.ts';

export interface DescribeOptions {
  /** Services that an operation is going to start; they wait rather than being stopped or missing. */
  readonly pending?: ReadonlySet<string>;
  /** The engine runs on this machine: published ports get addresses that a browser can open. Default true. */
  readonly local?: boolean;
}

/** Worst first: the condition of a service is that of its worst container. */
const worstFirst: readonly ServiceCondition[] = [
  'crashing',
  'failed',
  'unhealthy',
  'paused',
  'waiting',
  'starting',
  'unknown',
  'created',
  'missing',
  'stopped',
  'running',
  'healthy',
  'done',
];

function worst(judgements: readonly { name: string; judgement: Judgement }[]): Judgement | undefined {
  const [first] = judgements.toSorted(
    (a, b) => worstFirst.indexOf(a.judgement.condition) - worstFirst.indexOf(b.judgement.condition),
  );
  if (first === undefined) return undefined;
  const { condition, reason } = first.judgement;
  if (judgements.length === 1 || reason === undefined) return first.judgement;
  return { condition, reason: `${first.name}: ${reason}` };
}

/** What the containers of a service say, dependencies left aside. */
function judgeService(facts: ServiceFacts, containers: readonly SeenContainer[], completes: boolean): Judgement {
  const options = { completes, memoryLimit: facts.memoryLimit };
  const judged = worst(
    containers.map((seen) => ({ name: seen.detail.name, judgement: judgeContainer(seen, options) })),
  );
  if (judged === undefined) {
    return facts.wanted === 0 ? { condition: 'stopped', reason: say`scaled to 0` } : { condition: 'missing' };
  }
  if (containers.length < facts.wanted && judged.reason === undefined) {
    return { ...judged, reason: say`${containers.length} of ${facts.wanted} replicas` };
  }
  return judged;
}

/** Tag of an image reference; undefined where there is none, or a digest or an id says exactly which image it is. */
export function imageVersion(reference: string): string | undefined {
  if (reference.includes('@') || reference.startsWith('sha256:')) return undefined;
  return /:([^/:]+)$/.exec(reference)?.[1];
}

function groupByService(containers: readonly SeenContainer[]): Map<string, SeenContainer[]> {
  const groups = new Map<string, SeenContainer[]>();
  for (const seen of containers) {
    const service = serviceOf(seen.detail.labels);
    if (service === undefined) continue;
    const group = groups.get(service);
    if (group === undefined) groups.set(service, [seen]);
    else group.push(seen);
  }
  for (const group of groups.values()) group.sort((a, b) => replicaNumber(a.detail) - replicaNumber(b.detail));
  return groups;
}

/** The state of every service, with the sentence that says why it is not simply healthy. */
export function describeServices(
  services: readonly ServiceFacts[],
  containers: readonly SeenContainer[],
  options: DescribeOptions = {},
): ServiceState[] {
  const groups = groupByService(containers);
  const jobs = new Set(
    services.flatMap(({ dependsOn }) =>
      dependsOn.filter(({ condition }) => condition === 'service_completed_successfully').map(({ service }) => service),
    ),
  );
  const judged = new Map(
    services.map((facts) => [facts.name, judgeService(facts, groups.get(facts.name) ?? [], jobs.has(facts.name))]),
  );
  const final = judgeWaiting(services, judged, options.pending ?? new Set());
  return services.map((facts) => {
    const group = groups.get(facts.name) ?? [];
    const { condition, reason }: Judgement = final.get(facts.name) ?? { condition: 'missing' };
    const image = group[0]?.detail.image ?? facts.image;
    const version = imageVersion(image);
    return {
      name: facts.name,
      condition,
      ...(reason === undefined ? {} : { reason }),
      wanted: facts.wanted,
      image,
      ...(version === undefined ? {} : { version }),
      dependsOn: [...facts.dependsOn],
      ports: describePorts(
        group.flatMap(({ detail }) => detail.ports ?? []),
        options.local ?? true,
      ),
      containers: group.map(describeContainer),
      changed: facts.changed,
      ...(facts.builds === true ? { builds: true } : {}),
    };
  });
}

/** Names of containers of the project that belong to no service of the files; one-off `run` containers are not meant. */
export function findOrphans(services: readonly ServiceFacts[], containers: readonly SeenContainer[]): string[] {
  const known = new Set(services.map(({ name }) => name));
  return containers
    .filter(({ detail }) => {
      const service = serviceOf(detail.labels);
      return service !== undefined && !known.has(service);
    })
    .map(({ detail }) => detail.name)
    .sort();
}
