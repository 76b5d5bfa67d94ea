import type { SourcePlace } from '#contract/index.ts';

/**
 * The canonical model: what `docker compose config --format json` prints, plus where it came from. Keys keep the names of
 * the compose specification. Sizes are decimal byte strings, durations Go duration texts (`1m30s`), published ports strings.
 */
export interface Model {
  /** Compose project name. */
  readonly name: string;
  /** Absolute project directory. */
  readonly directory: string;
  /** Absolute compose files, in -f order. */
  readonly files: readonly string[];
  /** Env files that were named explicitly (--env-file), absolute. */
  readonly envFiles: readonly string[];
  /** Enabled services by name, in file order. */
  readonly services: ReadonlyMap<string, ServiceModel>;
  /** Services that a profile keeps disabled: known, not run, not orphans. */
  readonly disabled: readonly string[];
  /** By key; only those that an enabled service uses. */
  readonly networks: ReadonlyMap<string, NetworkModel>;
  readonly volumes: ReadonlyMap<string, VolumeModel>;
  readonly secrets: ReadonlyMap<string, FileObjectModel>;
  readonly configs: ReadonlyMap<string, FileObjectModel>;
  /** Top-level `x-` keys, as they stand. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** The environment that interpolation used (OS environment over env files). Holds secrets: never leaves the engine. */
  readonly environment: ReadonlyMap<string, string>;
  readonly warnings: readonly ModelWarning[];
  /** What the project asks of this machine beyond its own folder; in the order of the files. */
  readonly risks: readonly ModelRisk[];
}

export interface ModelWarning {
  readonly message: string;
  readonly place?: SourcePlace;
}

/**
 * `host-code`: a program runs that the project brings, beside its containers' own; `host-power`: a container gets more of the machine
 * than others; `host-files`: a path leaves the project; `hardening`: something could be tighter.
 */
export type RiskKind = 'host-code' | 'host-power' | 'host-files' | 'hardening';

/** Something that a project asks of this machine. */
export interface ModelRisk {
  /** Where it is asked for and, where one key can ask for several things, for what: `services.web.volumes.source=/etc`. Another thing has another id. */
  readonly id: string;
  readonly kind: RiskKind;
  /** `red`: the machine could be taken over by it; `amber`: worth knowing. */
  readonly level: 'red' | 'amber';
  /** The service, secret, config or volume that asks for it. */
  readonly user: string;
  readonly message: string;
  /** What it lets a create call do: who may, and what, as {@link power} names it. Absent where no create call shows it. */
  readonly power?: string;
  readonly place: SourcePlace;
}

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Dependency {
  readonly condition: DependencyCondition;
  readonly required: boolean;
  readonly restart?: boolean;
}

export interface BuildModel {
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly tags?: readonly string[];
  readonly cache_from?: readonly string[];
  readonly cache_to?: readonly string[];
  readonly network?: string;
  readonly extra_hosts?: readonly string[];
  readonly shm_size?: string;
  readonly ulimits?: Readonly<Record<string, unknown>>;
  readonly isolation?: string;
  readonly secrets?: readonly { readonly source: string; readonly target?: string }[];
  readonly no_cache?: boolean;
  readonly pull?: boolean;
  readonly platforms?: readonly string[];
  readonly [key: string]: unknown;
}

export interface HealthcheckModel {
  readonly test?: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly retries?: number;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly disable?: boolean;
}

export interface PortModel {
  readonly name?: string;
  readonly mode?: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol?: string;
  readonly app_protocol?: string;
}

export interface MountModel {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly propagation?: string;
    readonly create_host_path?: boolean;
    readonly selinux?: string;
    readonly recursive?: string;
  };
  readonly volume?: {
    readonly nocopy?: boolean;
    readonly subpath?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly tmpfs?: { readonly size?: string; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

export interface NetworkAttachment {
  readonly aliases?: readonly string[];
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: readonly string[];
  readonly mac_address?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly priority?: number;
  readonly gw_priority?: number;
  readonly interface_name?: string;
}

/** A command that docker compose runs in (`post_start`, `pre_stop`) or before (`pre_start`) a container. */
export interface HookModel {
  readonly command: readonly string[] | null;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly image?: string;
  readonly per_replica?: boolean;
}

/** The keys that the planner and the translation read by name; every other key of the specification is kept under its own name. */
export interface ServiceModel {
  readonly name: string;
  readonly image?: string;
  readonly build?: BuildModel;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly container_name?: string;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly deploy?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly healthcheck?: HealthcheckModel;
  readonly labels?: Readonly<Record<string, string>>;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, NetworkAttachment | null>>;
  readonly platform?: string;
  readonly ports?: readonly PortModel[];
  readonly post_start?: readonly HookModel[];
  readonly pre_stop?: readonly HookModel[];
  readonly profiles?: readonly string[];
  readonly pull_policy?: string;
  readonly restart?: string;
  readonly scale?: number;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly volumes?: readonly MountModel[];
  readonly [key: string]: unknown;
}

export interface NetworkModel {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam?: {
    readonly driver?: string;
    readonly config?: readonly {
      readonly subnet?: string;
      readonly gateway?: string;
      readonly ip_range?: string;
      readonly aux_addresses?: Readonly<Record<string, string>>;
    }[];
    readonly options?: Readonly<Record<string, string>>;
  };
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface VolumeModel {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly external?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface FileObjectModel {
  readonly name: string;
  readonly file?: string;
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
  readonly driver?: string;
  readonly template_driver?: string;
}

/** What to load. */
export interface LoadRequest {
  /** Absolute project directory (relative paths and the default .env resolve here). */
  readonly directory: string;
  /** The folder that named the files: what its .env says wins over that of the project directory. Default: the same. */
  readonly startDirectory?: string;
  /** Compose files in override order, absolute or relative to the directory; at least one. */
  readonly files: readonly string[];
  /** Explicit env files; empty = the default `.env` if it exists. */
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
  /** `-p`: must already be normalised, wins over everything. */
  readonly projectName?: string;
  /** Used where neither -p, COMPOSE_PROJECT_NAME nor `name:` says otherwise; normalised. Default: base name of the directory. */
  readonly fallbackName?: string;
  /** The OS environment (already the login shell's where that matters). */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Texts of env files, by absolute path, in the place of what is on the disk: to see what a change would do. Undefined = no file. */
  readonly standIns?: ReadonlyMap<string, string | undefined>;
}

/**
 * The generation of docker compose in whose serialisation a hash is written, named after the first version that has it:
 * P1 = 2.24 to 2.29.2, P1.29 = 2.29.3 on, P1.30 = 2.30.2 on, P1.34 = 2.34 on, P2 = 2.36 to 2.40, P5 = 5.0 on, P5.2 = 5.2 on.
 */
export type HashProfile = 'P1' | 'P1.29' | 'P1.30' | 'P1.34' | 'P2' | 'P5' | 'P5.2';
