/** Something that the service needs; `ping` rejects when it cannot be used. */
export interface Dependency {
  readonly name: string;
  /** Something else takes its place while it cannot be used: it is degraded then, not unhealthy. */
  readonly replaceable?: boolean;
  ping(signal: AbortSignal): Promise<void>;
}

export type CheckStatus = 'healthy' | 'degraded' | 'unhealthy';

export interface CheckResult {
  readonly name: string;
  readonly status: CheckStatus;
  readonly latency_ms: number;
  readonly error?: string;
}

export interface MonitorOptions {
  readonly intervalMs: number;
  /** A check that takes longer counts as failed; one that takes half of it counts as degraded. */
  readonly timeoutMs: number;
}

export interface Monitor {
  /** The last result of every dependency. Never waits. */
  results(): Readonly<Record<string, CheckResult>>;
  stop(): void;
}

async function within(timeoutMs: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => {
    reject(new Error(`no answer within ${timeoutMs} ms`));
  });
  await Promise.race([work(signal), promise]);
}

/** Checks one dependency once. Never rejects. */
export async function check(dependency: Dependency, timeoutMs: number): Promise<CheckResult> {
  const { name } = dependency;
  const start = performance.now();
  const latency = () => Math.round((performance.now() - start) * 100) / 100;
  try {
    await within(timeoutMs, (signal) => dependency.ping(signal));
    const latency_ms = latency();
    return { name, status: latency_ms > timeoutMs / 2 ? 'degraded' : 'healthy', latency_ms };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const status = dependency.replaceable === true ? 'degraded' : 'unhealthy';
    return { name, status, latency_ms: latency(), error: message };
  }
}

/**
 * Checks all dependencies now and then every `intervalMs`, so that readiness can be told at once.
 * `onChange` is called when the status of a dependency is another than before.
 */
export async function startMonitor(
  dependencies: readonly Dependency[],
  options: MonitorOptions,
  onChange: (now: CheckResult) => void,
): Promise<Monitor> {
  let latest: Record<string, CheckResult> = {};
  const round = async () => {
    const results = await Promise.all(dependencies.map((dependency) => check(dependency, options.timeoutMs)));
    const before = latest;
    latest = Object.fromEntries(results.map((result) => [result.name, result]));
    for (const result of results) {
      const previous = before[result.name]?.status;
      if (previous !== result.status) onChange(result);
    }
  };
  await round();
  const timer = setInterval(() => void round(), options.intervalMs);
  return {
    results: () => latest,
    stop: () => {
      clearInterval(timer);
    },
  };
}
