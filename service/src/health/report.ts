import type { CheckResult, CheckStatus } from './monitor.ts';

export interface HealthReport {
  readonly status: CheckStatus;
  readonly timestamp: string;
  readonly version: string;
  readonly uptime_seconds: number;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

/** The worst status of all checks; no checks at all are healthy. */
export function overall(checks: readonly CheckResult[]): CheckStatus {
  if (checks.some((check) => check.status === 'unhealthy')) return 'unhealthy';
  return checks.some((check) => check.status === 'degraded') ? 'degraded' : 'healthy';
}

/** The body of `/health` (with no checks) and `/health/ready`. */
export function report(version: string, checks: Readonly<Record<string, CheckResult>>): HealthReport {
  return {
    status: overall(Object.values(checks)),
    timestamp: new Date().toISOString(),
    version,
    uptime_seconds: Math.round(process.uptime() * 1000) / 1000,
    checks,
  };
}
