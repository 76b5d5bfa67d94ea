import type { ContainerUsage, ServiceUsage } from '#contract/index.ts';
import type { ContainerReading } from '#engine/docker/index.ts';

/** What was read of one container. */
export interface UsageReading {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Bytes; absent where it has no limit of its own. */
  readonly memoryLimit?: number | undefined;
  readonly usage: ContainerReading;
}

/** Cores that were busy between two readings of one container, as `docker stats` tells it; undefined where it was started anew in between. */
function coresBetween(before: ContainerReading | undefined, after: ContainerReading): number | undefined {
  if (before === undefined) return undefined;
  const busy = after.cpuNanoseconds - before.cpuNanoseconds;
  const system = (after.systemNanoseconds - before.systemNanoseconds) / Math.max(1, after.processors);
  const passed = system > 0 ? system : (Date.parse(after.at) - Date.parse(before.at)) * 1e6;
  return passed <= 0 || busy < 0 ? undefined : busy / passed;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

function usageOfService(name: string, containers: readonly ContainerUsage[]): ServiceUsage {
  const cores = containers.flatMap((one) => one.cores ?? []);
  const limits = containers.flatMap(({ memoryLimit }) => memoryLimit ?? []);
  const shares = containers.flatMap(({ memory, memoryLimit }) =>
    memoryLimit === undefined ? [] : memory / memoryLimit,
  );
  return {
    name,
    ...(cores.length === 0 ? {} : { cores: sum(cores) }),
    memory: sum(containers.map(({ memory }) => memory)),
    ...(limits.length < containers.length ? {} : { memoryLimit: sum(limits) }),
    ...(shares.length === 0 ? {} : { fullest: Math.max(...shares) }),
    containers: [...containers],
  };
}

/** Two readings as what each service used in between, by name. */
export function describeUsage(before: readonly UsageReading[], after: readonly UsageReading[]): ServiceUsage[] {
  const known = new Map(before.map(({ id, usage }) => [id, usage]));
  const ofContainer = ({ id, name, memoryLimit, usage }: UsageReading): ContainerUsage => {
    const cores = coresBetween(known.get(id), usage);
    return {
      name,
      ...(cores === undefined ? {} : { cores }),
      memory: usage.memory,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
    };
  };
  return [...Map.groupBy(after, ({ service }) => service)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, own]) => usageOfService(name, own.map(ofContainer)));
}
