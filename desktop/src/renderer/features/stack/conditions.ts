import type { ServiceState, StackState } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';

/** How a service's condition is shown. */
export function serviceLook(condition: ServiceState['condition']): BadgeLook {
  switch (condition) {
    case 'missing':
      return { tone: 'off', icon: 'dash', word: 'Not created' };
    case 'created':
      return { tone: 'off', icon: 'dash', word: 'Created' };
    case 'waiting':
      return { tone: 'busy', icon: 'clock', word: 'Waiting' };
    case 'starting':
      return { tone: 'busy', icon: 'spin', word: 'Starting' };
    case 'running':
      return { tone: 'ok', icon: 'check', word: 'Running' };
    case 'healthy':
      return { tone: 'ok', icon: 'check', word: 'Healthy' };
    case 'unhealthy':
      return { tone: 'bad', icon: 'stop', word: 'Unhealthy' };
    case 'crashing':
      return { tone: 'bad', icon: 'stop', word: 'Crashing' };
    case 'paused':
      return { tone: 'warn', icon: 'pause', word: 'Paused' };
    case 'stopped':
      return { tone: 'off', icon: 'slash', word: 'Stopped' };
    case 'failed':
      return { tone: 'bad', icon: 'stop', word: 'Failed' };
    case 'done':
      return { tone: 'off', icon: 'check', word: 'Done' };
    default:
      return assertNever(condition);
  }
}

/** How the state of a whole stack is shown. */
export function stackLook(condition: StackState['condition']): BadgeLook {
  switch (condition) {
    case 'empty':
      return { tone: 'off', icon: 'dash', word: 'Not started' };
    case 'stopped':
      return { tone: 'off', icon: 'slash', word: 'Stopped' };
    case 'starting':
      return { tone: 'busy', icon: 'spin', word: 'Starting' };
    case 'healthy':
      return { tone: 'ok', icon: 'check', word: 'Healthy' };
    case 'degraded':
      return { tone: 'warn', icon: 'alert', word: 'Needs a look' };
    case 'unknown':
      return { tone: 'off', icon: 'help', word: 'Unknown' };
    default:
      return assertNever(condition);
  }
}

/** True while at least one container of the service runs. */
export function isRunning(service: ServiceState): boolean {
  switch (service.condition) {
    case 'starting':
    case 'running':
    case 'healthy':
    case 'unhealthy':
    case 'crashing':
    case 'paused':
      return true;
    case 'missing':
    case 'created':
    case 'waiting':
    case 'stopped':
    case 'failed':
    case 'done':
      return false;
    default:
      return assertNever(service.condition);
  }
}

/** The one version that all running services share; absent where they differ or name none. */
function commonVersion(stack: StackState): string | undefined {
  const versions = new Set(stack.services.filter(isRunning).map(({ version }) => version));
  return versions.size === 1 ? [...versions][0] : undefined;
}

/** The heading of the page: what runs in this environment. */
export function headline(environment: string, stack: StackState | undefined): string {
  if (stack === undefined || stack.condition === 'unknown') return environment;
  if (stack.condition === 'starting') return `${environment} is starting`;
  if (!stack.services.some(isRunning)) return `${environment} is not running`;
  const version = commonVersion(stack);
  return version === undefined ? `${environment} is running` : `${environment} runs ${version}`;
}
