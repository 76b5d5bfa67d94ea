import type {
  Action,
  ActivityCheck,
  ActivityPage,
  ActivityQuery,
  BuildRecord,
  BuildSummary,
  ConfigView,
  DiagnosticsBundle,
  DiagnosticsQuery,
  EngineState,
  Environment,
  HealthState,
  Hello,
  LastWords,
  LogCheck,
  LogCounts,
  LogCountsQuery,
  LogExportPage,
  LogExportQuery,
  LogFilter,
  LogLine,
  LogNewErrors,
  LogPage,
  LogQuery,
  LogStreamQuery,
  OperationEvent,
  OperationSummary,
  OtherProject,
  Plan,
  PreflightReport,
  Project,
  Release,
  ReleaseComparison,
  RemoteReleases,
  ServiceDifference,
  StackState,
  StackUsage,
  UsagePace,
  Verification,
} from '#contract/index.ts';
import type { Configuration } from './configuration/index.ts';
import type { RegistryCalls } from './registry-logins.ts';
import type { SettingsStore } from './workspace/index.ts';

export type { LoginKeeper } from './docker/index.ts';

/** `target`: of whom a session was ended. */
export interface AccessDeed {
  readonly kind: 'sign-in' | 'sign-out' | 'revoke' | 'account';
  readonly outcome: 'done' | 'failed';
  readonly target?: string;
  readonly summary?: string;
}

/** The core as the hosts see it: one project folder against one Docker Engine. Every method may throw a QuaysideError. */
export interface Engine {
  /** Without the user: whom it answers, the api knows. */
  hello(): Omit<Hello, 'user'>;
  /** Yields the state now, then every change, until `signal` aborts. */
  watchEngine(signal: AbortSignal): AsyncIterable<EngineState>;
  project(): Promise<Project>;
  /** Compose projects on the engine that are not of this folder; their ids stand for environments everywhere else. */
  otherProjects(): Promise<OtherProject[]>;
  /** Yields them now and whenever one comes, goes, starts or stops, until `signal` aborts. */
  watchOtherProjects(signal: AbortSignal): AsyncIterable<OtherProject[]>;
  /** An environment of this folder, or a project that is not of it, by id. Throws ENVIRONMENT_NOT_FOUND. */
  environment(id: string): Promise<Environment>;
  stack: {
    get(environment: string): Promise<StackState>;
    /** Yields the state now, then every change (coalesced to 100 ms), until `signal` aborts. */
    watch(environment: string, signal: AbortSignal): AsyncIterable<StackState>;
    /** Pure preview: changes nothing. */
    plan(environment: string, action: Action): Promise<Plan>;
    /** Yields what the services use until `signal` aborts; nothing is read for nobody, and once for all that watch. */
    usage(environment: string, pace: UsagePace, signal: AbortSignal): AsyncIterable<StackUsage>;
    /** What a service printed last; see the contract. */
    lastWords(environment: string, service: string): Promise<LastWords>;
  };
  operations: {
    /** Begins at once and goes on without any reader. Throws OPERATION_BUSY while another runs on the same project. */
    start(environment: string, action: Action): Promise<OperationSummary>;
    /** All events from the first on; ends after `end`. */
    watch(id: string, signal: AbortSignal): AsyncIterable<OperationEvent>;
    cancel(id: string): Promise<OperationSummary>;
    list(environment: string): Promise<OperationSummary[]>;
  };
  health: {
    /** Yields the health of an environment's services with its past, now and after each change, until `signal` aborts. */
    watch(environment: string, signal: AbortSignal): AsyncIterable<HealthState>;
  };
  builds: {
    /** Newest first. */
    list(environment: string): Promise<BuildSummary[]>;
    /** Yields the list now and whenever another build has ended, until `signal` aborts. */
    watch(environment: string, signal: AbortSignal): AsyncIterable<BuildSummary[]>;
    /** With its steps and what they printed. Throws OPERATION_NOT_FOUND. */
    get(environment: string, id: string): Promise<BuildRecord>;
  };
  releases: {
    /** Newest first; empty where nothing was ever deployed from this machine. */
    list(environment: string): Promise<Release[]>;
    /** What the registry has. Throws REGISTRY_*. */
    remote(environment: string, signal: AbortSignal): Promise<RemoteReleases>;
    /** Reads back what runs and compares it with the current release. Throws RELEASE_NOT_FOUND. */
    verify(environment: string): Promise<Verification>;
    /** What going from one release (absent = the current one) to another changes. Throws RELEASE_NOT_FOUND, REGISTRY_*. */
    compare(environment: string, from: string | undefined, to: string): Promise<ReleaseComparison>;
    /** Finishes or undoes a release that a crash cut off; a sentence on it, where there was one. */
    recover(environment: string): Promise<string | undefined>;
  };
  logs: {
    /** Whether a filter can be used. */
    check(filter: LogFilter): LogCheck;
    /** How many lines that are held pass a filter, over time. Throws USAGE. */
    counts(query: LogCountsQuery, signal: AbortSignal): Promise<LogCounts>;
    read(query: LogQuery, signal: AbortSignal): Promise<LogPage>;
    /** Page by page, all there is; ends where nobody reads on. Throws USAGE. */
    export(query: LogExportQuery, signal: AbortSignal): Promise<LogExportPage>;
    /** Kinds of error that what runs now has and what it replaced did not. */
    newErrors(environment: string): Promise<LogNewErrors>;
    /** Lines in merged order, many at a time, read from the engine as fast as they are taken. */
    stream(query: LogStreamQuery, signal: AbortSignal): AsyncIterable<readonly LogLine[]>;
  };
  /** What was done from this account, on whichever project and engine. */
  activity: {
    list(query: ActivityQuery): Promise<ActivityPage>;
    verify(): Promise<ActivityCheck>;
    /** Writes down who came in to the panel, could not, went, or was sent out: whoever acts. */
    access(deed: AccessDeed): Promise<void>;
    /** Yields the newest entries now and whenever there are others, until `signal` aborts. */
    watch(query: ActivityQuery, signal: AbortSignal): AsyncIterable<ActivityPage>;
  };
  preflight(environment: string): Promise<PreflightReport>;
  /** What is handed to whoever helps: one file for each subject, secrets masked. What cannot be read says so in its place. */
  diagnostics(query: DiagnosticsQuery, signal: AbortSignal): Promise<DiagnosticsBundle>;
  /** `reveal`: secret values as they are, not masked. */
  config(environment: string, reveal: boolean): Promise<ConfigView>;
  /** Variables, env files, the resolved model and where it comes from. */
  configuration: Configuration & {
    /** What runs otherwise than the files say, by service. */
    differences(environment: string): Promise<ServiceDifference[]>;
  };
  registry: RegistryCalls;
  /** What was chosen for the panel on this account, whichever project it shows. */
  settings: SettingsStore;
  /** Puts right what a crash cut off, in every environment; a sentence for each. What cannot be put right now is tried again later. */
  resume(): Promise<string[]>;
  /** Closes every stream. Running containers stay as they are. */
  dispose(): Promise<void>;
}
