import type {
  ActivityPage,
  BuildRecord,
  BuildSummary,
  EngineState,
  Environment,
  Hello,
  LogLine,
  Plan,
  PreflightReport,
  Project,
  Release,
  ServiceDifference,
  StackState,
  VariablesView,
} from '#contract/index.ts';

/** Values that must not be in a bundle. */
export interface Hidden {
  readonly values: readonly string[];
  /** Where secrets may be that could not be looked at: a sentence for each. */
  readonly unread: readonly string[];
}

/** Where a bundle is gathered from. Each may throw: its file then says why it is empty. */
export interface DiagnosticsSources {
  readonly hello: () => Omit<Hello, 'user'>;
  readonly engineState: (signal: AbortSignal) => Promise<EngineState>;
  /** System, memory, processors and clock of the engine's machine. */
  readonly machine: () => Promise<object>;
  /** Version of docker compose whose labels are written. */
  readonly composeVersion: () => Promise<string>;
  readonly project: () => Promise<Project>;
  readonly environment: (id: string) => Promise<Environment>;
  /** Absolute folder of an environment's project. */
  readonly directory: (id: string) => Promise<string>;
  readonly stack: (id: string) => Promise<StackState>;
  readonly plan: (id: string) => Promise<Plan>;
  readonly preflight: (id: string) => Promise<PreflightReport>;
  /** The resolved model as YAML, secret variables masked. */
  readonly model: (id: string) => Promise<string>;
  readonly variables: (id: string) => Promise<VariablesView>;
  readonly differences: (id: string) => Promise<ServiceDifference[]>;
  readonly releases: (id: string) => Promise<Release[]>;
  readonly builds: (id: string) => Promise<BuildSummary[]>;
  readonly build: (environment: string, id: string) => Promise<BuildRecord>;
  readonly activity: (project: string | undefined) => Promise<ActivityPage>;
  /** How Quayside was started and set up. */
  readonly settings: () => Promise<object>;
  /** The last lines of the containers of one service, oldest first. */
  readonly logs: (id: string, service: string, lines: number, signal: AbortSignal) => AsyncIterable<readonly LogLine[]>;
  /** Without an environment: what this machine alone knows. */
  readonly hidden: (id: string | undefined) => Promise<Hidden>;
}
