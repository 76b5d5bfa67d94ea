import type { ServiceState, StackState } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';
import type { BadgeLook } from '#ui/state-badge.tsx';
import { t } from '#words/index.ts';

type Look = Pick<BadgeLook, 'tone' | 'icon'>;

const serviceLooks: Record<ServiceState['condition'], Look> = {
  missing: { tone: 'off', icon: 'dash' },
  created: { tone: 'off', icon: 'dash' },
  waiting: { tone: 'busy', icon: 'clock' },
  starting: { tone: 'busy', icon: 'spin' },
  running: { tone: 'ok', icon: 'check' },
  healthy: { tone: 'ok', icon: 'check' },
  unhealthy: { tone: 'bad', icon: 'stop' },
  crashing: { tone: 'bad', icon: 'stop' },
  paused: { tone: 'warn', icon: 'pause' },
  stopped: { tone: 'off', icon: 'slash' },
  failed: { tone: 'bad', icon: 'stop' },
  done: { tone: 'off', icon: 'check' },
  unknown: { tone: 'off', icon: 'help' },
};

/** How a service's condition is shown. */
export function serviceLook(condition: ServiceState['condition']): BadgeLook {
  return { ...serviceLooks[condition], word: t(`stack:condition.${condition}`) };
}

const stackLooks: Record<StackState['condition'], Look> = {
  empty: { tone: 'off', icon: 'dash' },
  stopped: { tone: 'off', icon: 'slash' },
  starting: { tone: 'busy', icon: 'spin' },
  healthy: { tone: 'ok', icon: 'check' },
  degraded: { tone: 'warn', icon: 'alert' },
  unknown: { tone: 'off', icon: 'help' },
};

/** How the state of a whole stack is shown. */
export function stackLook(condition: StackState['condition']): BadgeLook {
  return { ...stackLooks[condition], word: t(`stack:stackCondition.${condition}`) };
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
    case 'unknown':
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
  if (stack.condition === 'starting') return t('stack:head.starting', { environment });
  if (!stack.services.some(isRunning)) return t('stack:head.notRunning', { environment });
  const version = commonVersion(stack);
  return version === undefined
    ? t('stack:head.running', { environment })
    : t('stack:head.runs', { environment, version });
}
