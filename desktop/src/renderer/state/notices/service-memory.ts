import type { ServiceCondition } from '#contract/index.ts';
import { assertNever } from '#kit/assert-never.ts';

/** How long a state has to last before it is told: what passes by itself is no news, and what comes together is told together. */
export const settleMs = 2_000;
/** A service that is told of more often than this within the window is flapping: that is told once, and then nothing. */
const tellingsBeforeFlapping = 3;
const flapWindowMs = 10 * 60_000;
/** How long a flapping service has to stay as it is until it is told of again. */
const calmMs = 5 * 60_000;

type Settled = 'well' | 'bad' | 'crashing';
type ServiceClass = Settled | 'between' | 'gone';

/** What is known of one service, and what the reader has been told of it. */
export interface ServiceMemory {
  readonly told: Settled | undefined;
  readonly now: ServiceClass;
  /** Since when it is as it is now. */
  readonly since: number;
  /** When it was told of, within the window. */
  readonly tellings: readonly number[];
  readonly flaps: boolean;
}

export interface ServiceNews {
  readonly kind: 'unhealthy' | 'recovered' | 'crashing';
  readonly flaps: boolean;
}

function classOf(condition: ServiceCondition): ServiceClass {
  switch (condition) {
    case 'healthy':
    case 'running':
    case 'done':
      return 'well';
    case 'unhealthy':
    case 'failed':
      return 'bad';
    case 'crashing':
      return 'crashing';
    case 'starting':
    case 'waiting':
    case 'unknown':
      return 'between';
    case 'missing':
    case 'created':
    case 'stopped':
    case 'paused':
      return 'gone';
    default:
      return assertNever(condition);
  }
}

const isSettled = (one: ServiceClass): one is Settled => one !== 'between' && one !== 'gone';

/** What is known after a look. `quiet`: what changes is told otherwise, or was the reader's own doing. */
export function seen(
  before: ServiceMemory | undefined,
  condition: ServiceCondition,
  at: number,
  quiet: boolean,
): ServiceMemory {
  const now = classOf(condition);
  if (before === undefined)
    return { told: isSettled(now) ? now : undefined, now, since: at, tellings: [], flaps: false };
  const since = now === before.now ? before.since : at;
  // Of what was stopped nothing has to be told when it runs again.
  if (now === 'gone') return { ...before, told: undefined, now, since, flaps: false };
  return { ...before, told: quiet && isSettled(now) ? now : before.told, now, since };
}

function newsOf(now: Settled): ServiceNews['kind'] {
  return now === 'well' ? 'recovered' : now === 'bad' ? 'unhealthy' : 'crashing';
}

/** When there may be something to tell. */
export function dueAt({ told, now, since, flaps }: ServiceMemory): number | undefined {
  if (!isSettled(now)) return undefined;
  if (flaps) return since + calmMs;
  return now === told || (told === undefined && now === 'well') ? undefined : since + settleMs;
}

/** What there is to tell now, and the memory of having told it. */
export function settled(
  memory: ServiceMemory,
  at: number,
): { readonly memory: ServiceMemory; readonly news?: ServiceNews } {
  const { told, now, flaps } = memory;
  const due = dueAt(memory);
  if (!isSettled(now)) return { memory };
  if (due === undefined) return { memory: told === undefined ? { ...memory, told: now } : memory };
  if (at < due) return { memory };
  if (flaps)
    return { memory: { ...memory, told: now, flaps: false, tellings: [] }, news: { kind: newsOf(now), flaps: false } };
  const tellings = [...memory.tellings.filter((one) => at - one < flapWindowMs), at];
  if (tellings.length > tellingsBeforeFlapping)
    return { memory: { ...memory, told: now, tellings, flaps: true }, news: { kind: 'unhealthy', flaps: true } };
  return { memory: { ...memory, told: now, tellings }, news: { kind: newsOf(now), flaps: false } };
}
