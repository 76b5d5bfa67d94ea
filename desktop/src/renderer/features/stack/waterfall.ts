import type { ServiceState } from '#contract/index.ts';
import { t } from '#words/index.ts';
import type { Waiting } from './waiting.ts';

/** What a service does in a stretch of a start, in the order in which it comes. */
export const phases = ['held', 'starting', 'ready', 'failed'] as const;
export type Phase = (typeof phases)[number];

/** Places along the time of a start: 0 is its begin, 1 is now. */
export interface PhaseStretch {
  phase: Phase;
  from: number;
  to: number;
}

/** One service in the chain of those that wait for each other. */
export interface ChainRow {
  service: string;
  condition: ServiceState['condition'];
  /** What it waits for; nothing for one that holds nobody up any more. */
  reason?: string | undefined;
  /** ISO time from which the reason holds. */
  since?: string | undefined;
  stretches: PhaseStretch[];
  probes: { at: number; ok: boolean }[];
  /** The stretches and probes in words. */
  story: string;
}

const finished = new Set<ServiceState['condition']>(['healthy', 'running', 'done']);
const broken = new Set<ServiceState['condition']>(['failed', 'unhealthy', 'crashing']);

/** Each service behind those that it depends on; a circle is cut where it is met. */
function inOrder(services: readonly ServiceState[]): ServiceState[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = new Set<ServiceState>();
  const visit = (service: ServiceState, above: ReadonlySet<ServiceState>) => {
    if (above.has(service)) return;
    for (const { service: name } of service.dependsOn) {
      const needed = byName.get(name);
      if (needed !== undefined) visit(needed, new Set([...above, service]));
    }
    ordered.add(service);
  };
  for (const service of services) visit(service, new Set());
  return [...ordered];
}

/** The waiting services and all that they need, however far. */
function chainOf(services: readonly ServiceState[], waiting: readonly Waiting[]): ServiceState[] {
  const wanted = new Set(waiting.map(({ service }) => service));
  // A set that grows is walked to its new end.
  for (const name of wanted) {
    const needed = services.find((service) => service.name === name)?.dependsOn ?? [];
    for (const { service } of needed) wanted.add(service);
  }
  return inOrder(services).filter(({ name }) => wanted.has(name));
}

const startOf = ({ containers }: ServiceState): number | undefined => {
  const starts = containers.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [Date.parse(startedAt)]));
  return starts.length === 0 ? undefined : Math.max(...starts);
};

/** When it was first seen to be well after its start. */
function readyAt({ condition, containers }: ServiceState, start: number): number | undefined {
  if (!finished.has(condition)) return undefined;
  const passed = containers
    .flatMap(({ probes }) => probes)
    .filter(({ exitCode, endedAt }) => exitCode === 0 && Date.parse(endedAt) >= start)
    .map(({ endedAt }) => Date.parse(endedAt));
  return passed.length === 0 ? start : Math.min(...passed);
}

const seconds = (ms: number): string => `${Math.max(0, Math.round(ms / 1000))} s`;

function rowOf(service: ServiceState, told: Waiting | undefined, begin: number, now: number): ChainRow {
  const whole = Math.max(1, now - begin);
  const place = (ms: number) => Math.min(1, Math.max(0, (ms - begin) / whole));
  const start = startOf(service);
  const runs = start !== undefined && service.condition !== 'waiting' && service.condition !== 'created';
  const ready = runs ? readyAt(service, start) : undefined;
  const last: Phase = broken.has(service.condition) ? 'failed' : 'starting';
  const times: [Phase, number, number][] = runs
    ? [
        ['held', begin, start],
        [last, start, ready ?? now],
        ...(ready === undefined ? [] : [['ready', ready, now] satisfies [Phase, number, number]]),
      ]
    : [['held', begin, now]];
  const shown = times
    .map(([phase, from, to]) => ({ phase, ms: [Math.max(begin, from), Math.min(now, to)] as const }))
    .filter(({ ms: [from, to] }) => to > from);
  const probes = runs
    ? service.containers.flatMap((container) => container.probes).filter(({ endedAt }) => Date.parse(endedAt) >= begin)
    : [];
  const failing = probes.filter(({ exitCode }) => exitCode !== 0).length;
  return {
    service: service.name,
    condition: told?.condition ?? service.condition,
    reason: told?.reason,
    since: told?.since,
    stretches: shown.map(({ phase, ms: [from, to] }) => ({ phase, from: place(from), to: place(to) })),
    probes: probes.map(({ endedAt, exitCode }) => ({ at: place(Date.parse(endedAt)), ok: exitCode === 0 })),
    story: [
      ...shown.map(({ phase, ms: [from, to] }) =>
        t('stack:phaseFor', { phase: t(`stack:phase.${phase}`), time: seconds(to - from) }),
      ),
      ...(failing === 0 ? [] : [t('stack:probesFailed', { failed: failing, total: probes.length })]),
    ].join(', '),
  };
}

/**
 * The chain of services that a start has to go along, the first needed first: since when each was held back, when it was
 * started, and when it was well. Times in milliseconds since the epoch; `begin` is that of the operation, where one runs.
 */
export function waterfall(
  services: readonly ServiceState[],
  waiting: readonly Waiting[],
  begin: number | undefined,
  now: number,
): ChainRow[] {
  const chain = chainOf(services, waiting);
  const told = new Map(waiting.map((one) => [one.service, one]));
  const starts = chain.flatMap((service) => (told.has(service.name) ? (startOf(service) ?? []) : []));
  const from = begin ?? (starts.length === 0 ? now : Math.min(...starts));
  return chain.map((service) => rowOf(service, told.get(service.name), from, now));
}
