import { PathTable } from '../tree/path.ts';

export type Cast = 'int' | 'float' | 'bool';

const table: Record<Cast, readonly string[]> = {
  int: [
    'services.*.cpu_count',
    'services.*.cpu_period',
    'services.*.cpu_quota',
    'services.*.cpu_rt_period',
    'services.*.cpu_rt_runtime',
    'services.*.cpu_shares',
    'services.*.deploy.replicas',
    'services.*.deploy.update_config.parallelism',
    'services.*.deploy.rollback_config.parallelism',
    'services.*.deploy.restart_policy.max_attempts',
    'services.*.deploy.placement.max_replicas_per_node',
    'services.*.healthcheck.retries',
    'services.*.oom_score_adj',
    'services.*.pids_limit',
    'services.*.ports.*.target',
    'services.*.scale',
    'services.*.ulimits.*',
    'services.*.ulimits.*.hard',
    'services.*.ulimits.*.soft',
  ],
  float: [
    'services.*.cpu_percent',
    'services.*.cpus',
    'services.*.deploy.update_config.max_failure_ratio',
    'services.*.deploy.rollback_config.max_failure_ratio',
  ],
  bool: [
    'services.*.depends_on.*.restart',
    'services.*.healthcheck.disable',
    'services.*.init',
    'services.*.oom_kill_disable',
    'services.*.privileged',
    'services.*.read_only',
    'services.*.stdin_open',
    'services.*.tty',
    'services.*.volumes.*.read_only',
    'services.*.volumes.*.volume.nocopy',
    'networks.*.attachable',
    'networks.*.enable_ipv4',
    'networks.*.enable_ipv6',
    'networks.*.external',
    'networks.*.internal',
    'volumes.*.external',
    'secrets.*.external',
    'configs.*.external',
  ],
};

/** Paths at which a text is turned into a number or boolean after interpolation, so that `${PORT}` works there. */
export const casts = new PathTable<Cast>(
  Object.fromEntries(
    (Object.keys(table) as Cast[]).flatMap((cast) => table[cast].map((pattern) => [pattern, cast] as const)),
  ),
);

/** The same paths as patterns. */
export const castPaths: readonly string[] = Object.values(table).flat();

const yes = new Set(['true', 'y', 'yes', 'on']);
const no = new Set(['false', 'n', 'no', 'off']);

/** The value of a text under a cast; undefined where it does not fit. */
export function castText(text: string, cast: Cast): bigint | number | boolean | undefined {
  switch (cast) {
    case 'int':
      return /^[-+]?[0-9]+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;
    case 'float':
      return /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : undefined;
    case 'bool':
      if (yes.has(text.toLowerCase())) return true;
      return no.has(text.toLowerCase()) ? false : undefined;
  }
}
