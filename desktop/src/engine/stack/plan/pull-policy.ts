import { QuaysideError } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import type { ImageDetail } from '#engine/docker/index.ts';
import { say } from '#kit/say.ts';
import type { UpContext } from './up-context.ts';

/** What the policy of a service wants done about its image: nothing, or a pull for this cause. */
export function pullCause(
  context: UpContext,
  service: ServiceModel,
  present: ImageDetail | undefined,
): string | undefined {
  const missing = say`the image is not on this engine`;
  const policy = policyOf(context, service);
  switch (policy) {
    case 'always':
      return present === undefined ? missing : say`asked for the newest image`;
    case 'missing':
    case 'if_not_present':
      return present === undefined ? missing : undefined;
    case 'never':
    case 'build':
      return undefined;
    default:
      if (present === undefined) return missing;
      return isOlder(present, context.observed.readAt - periodOf(policy))
        ? say`the image is older than ${policy} allows`
        : undefined;
  }
}

/** The pull policy for this run: what was asked for, else what the files say. */
export function policyOf({ action }: UpContext, service: ServiceModel): string {
  if (action.build === true && service.build !== undefined) return 'build';
  return action.pull ?? service.pull_policy ?? 'missing';
}

function isOlder({ lastTagged }: ImageDetail, limit: number): boolean {
  return lastTagged === undefined || Date.parse(lastTagged) < limit;
}

const units: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** Milliseconds between two pulls: `daily`, `weekly`, or `every_` and a duration such as `1d12h`. */
function periodOf(policy: string): number {
  const named = { daily: 'every_1d', weekly: 'every_1w' }[policy] ?? policy;
  const duration = /^every_((?:\d+[wdhms])+)$/.exec(named)?.[1];
  if (duration === undefined) {
    throw new QuaysideError('COMPOSE_UNSUPPORTED', say`The pull policy "${policy}" is not known.`, {
      remedy: say`Use always, missing, never, build, daily, weekly or every_ with a duration such as every_12h.`,
    });
  }
  const parts = [...duration.matchAll(/(\d+)([wdhms])/g)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}
