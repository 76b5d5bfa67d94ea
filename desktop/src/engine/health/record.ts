import type {
  HealthChange,
  HealthRules,
  ReadinessAnswer,
  RecordedProbe,
  ServiceHealth,
  ServiceState,
} from '#contract/index.ts';

const keptChanges = 50;
const keptProbes = 60;
const keptAnswers = 60;
/** Of what a probe printed, the first characters. */
const keptOutput = 1024;

/** What became of the services of one environment, as long as it is watched. */
export interface HealthRecord {
  /** Takes what is seen now, at an ISO time; says whether a service came into another condition. */
  take(services: readonly ServiceState[], at: string): boolean;
  answer(service: string, answer: ReadinessAnswer): void;
  /** `rules`: how each service is probed, by name. */
  read(rules: ReadonlyMap<string, HealthRules>): ServiceHealth[];
}

interface Entry {
  state: ServiceState;
  readonly changes: HealthChange[];
  /** By container and time of start: the engine tells the last five again and again. */
  readonly probes: Map<string, RecordedProbe>;
  readonly answers: ReadinessAnswer[];
}

export function createHealthRecord(): HealthRecord {
  let entries = new Map<string, Entry>();
  return {
    take(services, at) {
      const before = new Map([...entries].map(([name, { state }]) => [name, state.condition]));
      // In the order of the files; what they no longer name is forgotten.
      entries = new Map(services.map((state) => [state.name, noted(entries.get(state.name), state, at)]));
      return services.some(({ name, condition }) => before.get(name) !== condition);
    },
    answer(service, answer) {
      const answers = entries.get(service)?.answers;
      answers?.push(answer);
      answers?.splice(0, answers.length - keptAnswers);
    },
    read: (rules) => [...entries.values()].map((entry) => shown(entry, rules.get(entry.state.name))),
  };
}

function noted(before: Entry | undefined, state: ServiceState, at: string): Entry {
  const entry: Entry = before ?? { state, changes: [], probes: new Map(), answers: [] };
  entry.state = state;
  const { condition, reason } = state;
  if (entry.changes.at(-1)?.condition !== condition) {
    entry.changes.push({ at, condition, ...(reason === undefined ? {} : { reason }) });
    entry.changes.splice(0, entry.changes.length - keptChanges);
  }
  for (const { name, probes } of state.containers) {
    for (const probe of probes) {
      const key = `${name} ${probe.startedAt}`;
      if (!entry.probes.has(key))
        entry.probes.set(key, { ...probe, output: probe.output.slice(0, keptOutput), container: name });
    }
  }
  for (const key of [...entry.probes.keys()].slice(0, Math.max(0, entry.probes.size - keptProbes)))
    entry.probes.delete(key);
  return entry;
}

function shown({ state, changes, probes, answers }: Entry, rules: HealthRules | undefined): ServiceHealth {
  return {
    name: state.name,
    condition: state.condition,
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    changes: [...changes],
    probes: [...probes.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
    ...(rules === undefined ? {} : { rules }),
    readiness: [...answers],
  };
}
