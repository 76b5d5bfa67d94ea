/**
 * What the rest of the engine sees of the Docker Engine: a closed list of named calls with narrow answers. Raw API
 * answers stay in this room. Every unary call has its own deadline and fails with a QuaysideError (ENGINE_*, PORT_IN_USE,
 * DISK_FULL, IMAGE_NOT_FOUND, REGISTRY_*), every stream can be aborted by its signal.
 */

import type { LoginKeeping, RegistryLogin } from '#contract/index.ts';

/** Where the engine is and who said so. */
export interface Endpoint {
  /** `unix:///path`, `tcp://host:port`, `npipe:////./pipe/name` or `ssh://…`. */
  readonly url: string;
  /** `--host`, `DOCKER_HOST`, `context NAME` or `default socket`. */
  readonly source: string;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly verify: boolean };
  /** API version to speak instead of the newest that both sides know (DOCKER_API_VERSION). */
  readonly apiVersion?: string;
}

export interface EngineInfo {
  /** Engine version, such as `26.1.5`. */
  readonly version: string;
  /** Negotiated API version, such as `1.45`: the lower of what the engine and Quayside know. */
  readonly apiVersion: string;
  readonly os: string;
  readonly arch: string;
}

/** The machine that the engine runs on, which may be a virtual one. */
export interface EngineMachine {
  /** Bytes; absent where the engine does not tell. */
  readonly memory?: number;
  readonly cpus?: number;
  /** How many milliseconds its clock is ahead of ours, give or take `withinMs`; absent where it does not tell. */
  readonly clock?: { readonly aheadMs: number; readonly withinMs: number };
}

/** An image as a registry has it. */
export interface RemoteImage {
  /** Processors that it exists for, such as `linux/amd64`; empty where the registry does not tell. */
  readonly platforms: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

export interface ContainerSummary {
  readonly id: string;
  /** Canonical name without the leading slash. */
  readonly name: string;
  /** created, running, paused, restarting, removing, exited, dead. */
  readonly state: string;
  readonly image: string;
  readonly imageId: string;
  readonly labels: Labels;
  /** Names of the networks it is attached to, with their ids. */
  readonly networks: Readonly<Record<string, string>>;
  /** Mounted volumes by volume name. */
  readonly volumes: readonly string[];
  /** Published ports as the list call reports them, so that who holds a port is known without one inspect per container. */
  readonly ports?: readonly PortBinding[];
  /** Health as the list call tells it (`Health.Status`, or the word in brackets of `Status`). */
  readonly health?: 'none' | 'starting' | 'healthy' | 'unhealthy';
}

export interface ProbeRecord {
  readonly start: string;
  readonly end: string;
  readonly exitCode: number;
  readonly output: string;
}

export interface ContainerMount {
  readonly type: string;
  /** Volume name for volumes, host path for binds. */
  readonly source: string;
  readonly target: string;
  readonly name?: string;
  readonly readOnly?: boolean;
}

/** How the engine probes a container. Times in seconds. */
export interface HealthRules {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly retries: number;
}

export interface ContainerDetail extends ContainerSummary {
  readonly created: string;
  readonly running: boolean;
  readonly paused: boolean;
  readonly restarting: boolean;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly restartCount: number;
  /** `none` where there is no health command. */
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  readonly failingStreak: number;
  readonly probes: readonly ProbeRecord[];
  readonly healthRetries?: number;
  /** How it is probed; absent where it has no health command. */
  readonly healthRules?: HealthRules;
  readonly tty: boolean;
  readonly mounts: readonly ContainerMount[];
  readonly ports: readonly PortBinding[];
  readonly restartPolicy: string;
  readonly stopTimeout?: number;
  /** HostConfig.Memory in bytes; absent where there is no limit. */
  readonly memoryLimit?: number;
}

/** What a container has used, read once. */
export interface ContainerReading {
  /** ISO time of the reading, on the engine's clock. */
  readonly at: string;
  /** Time on all processors since it was started; two readings tell how busy it is. */
  readonly cpuNanoseconds: number;
  /** Time of all processors of the machine, busy or not; 0 where the engine does not tell. */
  readonly systemNanoseconds: number;
  readonly processors: number;
  /** Bytes now, without cached files, as `docker stats` shows them. */
  readonly memory: number;
}

/** A health check as it was asked for. Times in nanoseconds, 0 = the engine's own. */
export interface DeclaredHealth {
  /** `CMD` or `CMD-SHELL` and the command, or `NONE`. */
  readonly test: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  /** Between probes in that time. */
  readonly startInterval: number;
  readonly retries: number;
}

/** How a container was made. Holds secrets: never leaves the engine. */
export interface ContainerSettings {
  readonly environment: ReadonlyMap<string, string>;
  /** What of the environment the image says; empty where the image is gone. */
  readonly imageEnvironment: ReadonlyMap<string, string>;
  /** Absent where they are the image's. */
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly user: string;
  readonly restart: string;
  /** Bytes; 0 = no limit. */
  readonly memory: number;
  /** 0 = no limit. */
  readonly cpus: number;
  /** With what the image says where nothing else was said; absent where neither says anything. */
  readonly healthcheck?: DeclaredHealth;
  readonly imageHealthcheck?: DeclaredHealth;
  /** As they were asked for: `port` such as `8000/tcp`, an empty `hostPort` for any. */
  readonly ports: readonly { readonly port: string; readonly hostIp: string; readonly hostPort: string }[];
}

export interface PortBinding {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

export interface NetworkDetail {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  /** Ids of the containers attached now. */
  readonly containers: readonly string[];
}

export interface VolumeDetail {
  readonly name: string;
  readonly driver: string;
  readonly labels: Labels;
}

export interface ImageDetail {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly labels: Labels;
  /** Paths that the image declares as VOLUME. */
  readonly volumes: readonly string[];
  readonly os: string;
  readonly arch: string;
  readonly size: number;
  readonly created: string;
  /** When it was last pulled, built or tagged here, ISO; absent where the engine does not know. */
  readonly lastTagged?: string;
}

/** Body of POST /containers/create in the engine's own field names; `engine/stack` builds it from the model. */
export interface ContainerSpec {
  readonly name: string;
  readonly platform?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A command to run in a container. */
export interface ExecRequest {
  readonly command: readonly string[];
  readonly user?: string;
  readonly privileged?: boolean;
  readonly workingDir?: string;
  /** `KEY=value` entries on top of the container's own. */
  readonly environment?: readonly string[];
  /** Whether the container has a terminal. */
  readonly tty?: boolean;
  readonly signal?: AbortSignal;
}

export interface ExecResult {
  readonly exitCode: number;
  /** The end of what it wrote to both streams, at most 64 KiB. */
  readonly output: string;
  /** Bytes of output before that. */
  readonly dropped: number;
}

export interface EngineEvent {
  readonly type: 'container' | 'network' | 'volume' | 'image' | 'daemon';
  /** The part before a colon, such as `start` or `health_status`. */
  readonly action: string;
  /** The part behind the colon, such as `healthy`. */
  readonly detail?: string;
  readonly id: string;
  readonly attributes: Labels;
  /** Nanoseconds since the epoch as a decimal string: exceeds what a number holds exactly. */
  readonly timeNano: string;
}

/**
 * `resync`: events may have been missed (first connection, reconnection, slow reader = `gap`, every 30 s): read the lists again.
 * `lost`: the stream broke; `state` tells the same to people.
 */
export type FeedItem =
  | { readonly kind: 'event'; readonly event: EngineEvent }
  | { readonly kind: 'resync'; readonly cause: 'connected' | 'reconnected' | 'timer' | 'gap' }
  | { readonly kind: 'lost'; readonly error: Error };

export interface LogsOptions {
  readonly follow: boolean;
  /** `all` or a number of lines. */
  readonly tail?: number | 'all';
  /** `seconds.nanoseconds`, inclusive. */
  readonly since?: string;
  readonly signal?: AbortSignal;
}

/** One frame of a log stream: a part of a line with its engine timestamp still in front. Stream 3 is an engine error. */
export interface LogChunk {
  readonly stream: 1 | 2 | 3;
  readonly payload: Uint8Array;
}

/**
 * Is shown one frame of a log stream: the bytes from `start` up to `end`. They are valid during the call only: the memory
 * they lie in is used again.
 */
export type FrameVisitor = (stream: LogChunk['stream'], bytes: Uint8Array, start: number, end: number) => void;

/** What is done with a log that is read as fast as it comes. */
export interface LogReader {
  readonly frame: FrameVisitor;
  /** Called once the engine has answered, before the first frame. */
  readonly opened?: () => void;
  /**
   * Called behind each piece read. A promise is waited for before more is read, which slows the engine down; `stop` ends
   * the reading.
   */
  readonly piece?: () => Promise<void> | 'stop' | undefined;
}

export interface PullProgress {
  readonly current: number;
  readonly total: number;
  readonly layersDone: number;
  readonly layers: number;
  /** The engine's own words for what it does now. */
  readonly status: string;
}

/**
 * What a pull tells: how far it is; that something failed in passing and is tried again; that it goes on without something.
 */
export type PullEvent =
  | ({ readonly type: 'progress' } & PullProgress)
  | { readonly type: 'retry'; readonly reason: string; readonly delayMs: number }
  | { readonly type: 'warning'; readonly text: string };

export interface RegistryAuth {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly serveraddress: string;
}

/** A login with a password or a token. A secret: never log it. */
export interface KeptLogin {
  readonly username: string;
  readonly password: string;
}

/** Logins that were made with Quayside, by host; `docker.io` for Docker Hub. */
export interface KeptLogins {
  domains(): Promise<readonly string[]>;
  /** Rejects where there is one that cannot be read; the message is what follows `but`, without the secret. */
  find(domain: string): Promise<KeptLogin | undefined>;
}

/** What a host keeps logins with. */
export interface LoginKeeper extends KeptLogins {
  /** How long a login lasts that is made now. */
  keeping(): Promise<LoginKeeping>;
  keep(domain: string, login: KeptLogin): Promise<void>;
  /** False = there was none. */
  forget(domain: string): Promise<boolean>;
}

/** What a build may read under an id while it runs: the content of a file, or a text. */
export type BuildSecret =
  | { readonly id: string; readonly file: string }
  | { readonly id: string; readonly value: string };

export interface BuildRequest {
  /** Absolute path of the context folder, or the address of a context which the engine fetches: git, or an archive. */
  readonly context: string;
  /** Path of the Dockerfile relative to the context, or absolute where it lies outside. */
  readonly dockerfile: string;
  readonly dockerfileInline?: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly args: Readonly<Record<string, string | null>>;
  readonly labels: Labels;
  /** Labels that an image carries besides when the classic builder made it. */
  readonly classicLabels: Labels;
  readonly cacheFrom: readonly string[];
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly network?: string;
  /** `host:address`. */
  readonly extraHosts: readonly string[];
  /** Bytes. */
  readonly shmSize?: number;
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly platform?: string;
  readonly isolation?: string;
  readonly secrets: readonly BuildSecret[];
  readonly signal?: AbortSignal;
}

/** One vertex of the build graph as known so far. Times are ISO strings. */
export interface BuildVertex {
  readonly id: string;
  readonly name: string;
  readonly cached: boolean;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly error?: string;
  readonly bytes?: { readonly current: number; readonly total: number };
}

export type BuildEvent =
  | { readonly type: 'vertex'; readonly vertex: BuildVertex }
  | { readonly type: 'log'; readonly vertex: string; readonly stream: 1 | 2; readonly text: string }
  | { readonly type: 'warning'; readonly text: string; readonly line?: number }
  | { readonly type: 'context'; readonly bytes: number; readonly files: number }
  /** Last event of a build that succeeded. A build that failed throws BUILD_FAILED with `details.{step,line,excerpt,output}`. */
  | { readonly type: 'image'; readonly id: string };

/** Filters of a list call: `label` entries are `key` or `key=value`. */
export interface ListFilter {
  readonly label?: readonly string[];
}

/** The typed gateway to one engine. */
export interface DockerGateway {
  readonly endpoint: Endpoint;
  /** Negotiates on the first call, then answers from memory until the connection is lost. */
  info(): Promise<EngineInfo>;
  ping(): Promise<void>;
  /** Resolves when what has come of logs that are drained has been shown to their readers: at other times it waits to be more. */
  catchUpLogs(): Promise<void>;
  /** Bytes free where the engine keeps its images; undefined where that cannot be seen from here. */
  freeRoom(): Promise<number | undefined>;
  /** Memory, processors and clock of the engine's machine. */
  machine(): Promise<EngineMachine>;
  /** Proxy variables that Docker's own configuration gives to every container and build. */
  proxyEnvironment(): Promise<Readonly<Record<string, string>>>;
  containers: {
    list(filter: ListFilter): Promise<ContainerSummary[]>;
    /** Throws ENGINE_NOT_FOUND where there is no such container. */
    inspect(id: string): Promise<ContainerDetail>;
    /** How it was made. Throws ENGINE_NOT_FOUND. */
    settings(id: string): Promise<ContainerSettings>;
    /** What it has used, read once; answers at once. Undefined where it does not run. Throws ENGINE_NOT_FOUND. */
    usage(id: string): Promise<ContainerReading | undefined>;
    create(spec: ContainerSpec): Promise<{ id: string; warnings: string[] }>;
    start(id: string): Promise<void>;
    /** `timeout` in seconds; absent = the container's own. Already stopped is success. */
    stop(id: string, timeout?: number): Promise<void>;
    /** Gone already is success. `volumes` removes anonymous volumes too. */
    remove(id: string, options: { force: boolean; volumes: boolean }): Promise<void>;
    rename(id: string, name: string): Promise<void>;
    /** The bare log stream, frame by frame; never buffers more than the socket does. */
    logs(id: string, tty: boolean, options: LogsOptions): AsyncIterable<LogChunk>;
    /** The same log, shown to `reader` as fast as it comes. Ends and throws as `logs` does. */
    drainLogs(id: string, tty: boolean, options: LogsOptions, reader: LogReader): Promise<void>;
    /** Runs a command and waits for its end; throws ENGINE_CONFLICT where the container does not run. */
    exec(id: string, request: ExecRequest): Promise<ExecResult>;
    /** Unpacks a tar archive into a folder of the container, running or not. `ownByUser`: files belong to the container's user. */
    putArchive(id: string, folder: string, archive: Uint8Array, options: { ownByUser: boolean }): Promise<void>;
  };
  networks: {
    list(filter: ListFilter): Promise<NetworkDetail[]>;
    inspect(id: string): Promise<NetworkDetail>;
    create(body: Readonly<Record<string, unknown>>): Promise<{ id: string }>;
    connect(id: string, container: string, endpoint: Readonly<Record<string, unknown>>): Promise<void>;
    disconnect(id: string, container: string): Promise<void>;
    remove(id: string): Promise<void>;
  };
  volumes: {
    list(filter: ListFilter): Promise<VolumeDetail[]>;
    inspect(name: string): Promise<VolumeDetail>;
    create(body: Readonly<Record<string, unknown>>): Promise<VolumeDetail>;
    remove(name: string): Promise<void>;
  };
  images: {
    /** Undefined where the image is not here. */
    find(reference: string): Promise<ImageDetail | undefined>;
    list(filter: ListFilter): Promise<ImageDetail[]>;
    tag(id: string, repository: string, tag: string): Promise<void>;
    remove(reference: string): Promise<void>;
    /** Makes an image of a tar archive of its files. */
    import(repository: string, tag: string, archive: Uint8Array): Promise<void>;
    /** The saved login for a registry, by its host; for the registry's own API. Holds secrets. */
    login(domain: string): Promise<{ readonly auth?: RegistryAuth; readonly problem?: string }>;
    /** For which registries there are logins; none of them is read. */
    logins(): Promise<{ readonly logins: RegistryLogin[]; readonly problem?: string }>;
    /** Has the engine sign in to a registry. Throws REGISTRY_LOGIN where it is refused, REGISTRY_UNREACHABLE. */
    checkLogin(domain: string, login: KeptLogin): Promise<void>;
    /** Has the engine ask the registry for an image, with the saved login, without pulling it. Throws as `pull` does. */
    remote(reference: string, deadlineMs: number): Promise<RemoteImage>;
    /** Ends when the image is here; throws otherwise, also when the engine answers 200 and an error line. */
    pull(reference: string, options: { platform?: string; signal?: AbortSignal }): AsyncIterable<PullEvent>;
    build(request: BuildRequest): AsyncIterable<BuildEvent>;
  };
  /** One feed for the whole engine. Reconnects by itself with growing pauses until `signal` aborts. */
  events(signal: AbortSignal): AsyncIterable<FeedItem>;
  dispose(): void;
}
