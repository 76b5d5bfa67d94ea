import type { Logger } from '../logging/logger.ts';
import type { CheckResult } from './monitor.ts';

/** Writes a line whenever a dependency gets another status. */
export function logChanges(logger: Logger): (now: CheckResult) => void {
  const log = logger.child({ logger: 'health', module: 'health/log-changes' });
  return ({ name, status, latency_ms, error }) => {
    const line = { dependency: name, status, latency_ms, reason: error };
    if (status === 'healthy') log.info(line, `${name} is healthy`);
    else log.warn(line, `${name} is ${status}`);
  };
}
