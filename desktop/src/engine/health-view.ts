import type { HealthRules, HealthState, StackState } from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import type { Masker } from '#kit/mask-secrets.ts';
import type { ContainerDetail } from './docker/index.ts';
import { reach } from './engine-state.ts';
import { askReadiness, createHealthRecord, type HealthRecord, readyCommand } from './health/index.ts';
import type { EngineLink } from './link.ts';
import { label } from './stack/index.ts';
import type { StackView } from './stack-view.ts';

/** While somebody looks, beside every change: the engine tells of no probe that changes nothing. */
const lookMs = 30_000;
/** As long as an application says that it is not ready. */
const lookAgainMs = 5_000;

interface HealthViewDeps {
  readonly view: StackView;
  readonly link: () => Promise<EngineLink>;
  /** Hides the secrets of an environment. */
  readonly masker: (environment: string) => Promise<Masker>;
}

/** The health of services over time, written down from the first look at an environment until the core ends. */
export interface HealthView {
  /** Begins to write down what becomes of an environment. */
  begin(environment: string): void;
  watch(environment: string, signal: AbortSignal): AsyncIterable<HealthState>;
  dispose(): void;
}

interface Recording {
  readonly record: HealthRecord;
  readonly since: string;
  project: string;
  readonly listeners: Set<(changed: boolean) => void>;
}

export function createHealthView({ view, link, masker }: HealthViewDeps): HealthView {
  const recordings = new Map<string, Recording>();
  const life = new AbortController();
  const begin = (environment: string): Recording => {
    const known = recordings.get(environment);
    if (known) return known;
    const since = new Date().toISOString();
    const recording: Recording = { record: createHealthRecord(), since, project: '', listeners: new Set() };
    recordings.set(environment, recording);
    void recordAll(view, environment, recording, life.signal);
    return recording;
  };
  return {
    begin(environment) {
      begin(environment);
    },
    async *watch(environment, signal) {
      const recording = begin(environment);
      const bell = createBell();
      const looks = keepLooking(async () => lookCloser(link, recording, await masker(environment), signal), bell.ring);
      const heard = (changed: boolean): void => {
        bell.ring();
        if (changed) looks.now();
      };
      recording.listeners.add(heard);
      looks.now();
      let told = '';
      try {
        while (!signal.aborted) {
          const state = await stateOf(environment, recording, link);
          const text = JSON.stringify({ ...state, at: '' });
          if (text !== told) yield state;
          told = text;
          await bell.next(signal);
        }
      } finally {
        looks.end();
        recording.listeners.delete(heard);
      }
    },
    dispose() {
      life.abort();
    },
  };
}

async function recordAll(view: StackView, environment: string, to: Recording, signal: AbortSignal): Promise<void> {
  const take = (state: StackState): void => {
    to.project = state.project;
    // What nobody knows is no change.
    if (state.engine.state !== 'connected' || state.reading) return;
    const changed = to.record.take(state.services, state.at);
    for (const listener of to.listeners) listener(changed);
  };
  try {
    for await (const state of view.watch(environment, signal)) take(state);
  } catch {
    // The environment is gone from the files: what was written down stays.
  }
}

/** Looks now and then; `look` says whether all is well, so that it need not look soon. */
function keepLooking(look: () => Promise<boolean>, done: () => void): { now: () => void; end: () => void } {
  let next: NodeJS.Timeout | undefined;
  let ended = false;
  const then = (well: boolean): void => {
    done();
    clearTimeout(next);
    if (!ended) next = setTimeout(now, well ? lookMs : lookAgainMs);
  };
  const now = (): void => {
    clearTimeout(next);
    void look().then(then, () => {
      then(true);
    });
  };
  return {
    now,
    end() {
      ended = true;
      clearTimeout(next);
    },
  };
}

/** Reads the containers again, and asks the applications that can be asked; whether all of those are ready. */
async function lookCloser(
  link: () => Promise<EngineLink>,
  { project, record }: Recording,
  mask: Masker,
  signal: AbortSignal,
): Promise<boolean> {
  const reached = await reach(link);
  if (!('watch' in reached) || project === '') return true;
  const watch = reached.watch().project(project);
  await watch.refresh();
  const running = (watch.snapshot?.containers ?? []).filter(({ detail }) => detail.running);
  const ready = await Promise.all(
    running.map(async ({ detail }) => {
      const service = detail.labels[label.service] ?? '';
      const command = commandOf(service, detail);
      const answer =
        command &&
        (await askReadiness(detail, { gateway: reached.gateway, project, command, signal, mask }).catch(
          () => undefined,
        ));
      if (answer) record.answer(service, answer);
      return answer?.ready ?? true;
    }),
  );
  return !ready.includes(false);
}

/** A label that is no command is told when a release is made; here it asks nothing. */
function commandOf(service: string, { labels }: ContainerDetail): readonly string[] | undefined {
  try {
    return readyCommand(service, labels);
  } catch {
    return undefined;
  }
}

async function stateOf(
  environment: string,
  { record, since, project }: Recording,
  link: () => Promise<EngineLink>,
): Promise<HealthState> {
  const reached = await reach(link);
  const containers = 'watch' in reached && project !== '' ? reached.watch().project(project).snapshot?.containers : [];
  const rules = new Map<string, HealthRules>();
  for (const { detail } of containers ?? []) {
    const { healthRules: found } = detail;
    if (found) rules.set(detail.labels[label.service] ?? '', { ...found, command: [...found.command] });
  }
  return { environment, at: new Date().toISOString(), since, services: record.read(rules) };
}
