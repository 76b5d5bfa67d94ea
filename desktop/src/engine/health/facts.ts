import type { Model, ServiceModel } from '#engine/compose/index.ts';
import type { SeenContainer } from './judge.ts';

/** What the files (or, without them, the labels) say about a service. */
export interface ServiceFacts {
  readonly name: string;
  /** Replicas wanted. */
  readonly wanted: number;
  /** Image reference. */
  readonly image: string;
  readonly dependsOn: readonly { readonly service: string; readonly condition: string }[];
  /** True where the files differ from what runs. */
  readonly changed: boolean;
  /** Its image is built from sources here. */
  readonly builds?: boolean;
  /** Memory limit in bytes. */
  readonly memoryLimit?: number;
}

const LABEL = 'com.docker.compose';

/** Name of the compose service a container belongs to; undefined for one-off `run` containers and foreign ones. */
export function serviceOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels[`${LABEL}.oneoff`]?.toLowerCase() === 'true' ? undefined : labels[`${LABEL}.service`];
}

function memoryLimit(service: ServiceModel): number | undefined {
  const limits: unknown = service.deploy?.['resources'];
  const nested =
    typeof limits === 'object' && limits !== null && 'limits' in limits && typeof limits.limits === 'object'
      ? limits.limits
      : undefined;
  const memory = nested !== undefined && nested !== null && 'memory' in nested ? nested.memory : service['mem_limit'];
  const bytes = Number(memory);
  return memory === undefined || !(bytes > 0) ? undefined : bytes;
}

/** One entry per enabled service, in file order. `changed` names the services whose containers a plan would recreate. */
export function factsOfModel(model: Model, changed: ReadonlySet<string>): ServiceFacts[] {
  return [...model.services.values()].map((service) => {
    const limit = memoryLimit(service);
    const replicas: unknown = service.deploy?.['replicas'];
    return {
      name: service.name,
      wanted: service.scale ?? (typeof replicas === 'number' ? replicas : 1),
      image: service.image ?? `${model.name}-${service.name}`,
      dependsOn: Object.entries(service.depends_on ?? {}).map(([name, { condition }]) => ({
        service: name,
        condition,
      })),
      changed: changed.has(service.name),
      ...(service.build === undefined ? {} : { builds: true }),
      ...(limit === undefined ? {} : { memoryLimit: limit }),
    };
  });
}

function dependenciesOf(label: string): { service: string; condition: string }[] {
  return label.split(',').flatMap((entry) => {
    const [service = '', condition = 'service_started'] = entry.split(':');
    return service === '' ? [] : [{ service, condition }];
  });
}

/** Where the files cannot be read: the services that the containers' labels tell of, by name. */
export function factsOfLabels(containers: readonly SeenContainer[]): ServiceFacts[] {
  const facts = new Map<string, ServiceFacts>();
  for (const { detail } of containers) {
    const name = serviceOf(detail.labels);
    if (name === undefined) continue;
    facts.set(name, {
      name,
      wanted: (facts.get(name)?.wanted ?? 0) + 1,
      image: detail.image,
      dependsOn: dependenciesOf(detail.labels[`${LABEL}.depends_on`] ?? ''),
      changed: false,
    });
  }
  return [...facts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
