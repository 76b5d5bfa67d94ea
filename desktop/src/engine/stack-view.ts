import type { EngineState, StackState } from '#contract/index.ts';
import { createBell } from '#kit/bell.ts';
import { hashProfileOf, type Model, serviceHash } from './compose/index.ts';
import { every, reach } from './engine-state.ts';
import {
  describeServices,
  describeStack,
  factsOfLabels,
  factsOfModel,
  findOrphans,
  type SeenContainer,
  type StackPreview,
} from './health/index.ts';
import type { EngineLink } from './link.ts';
import { maskerFor } from './log-masks.ts';
import { maskProbes } from './mask-probes.ts';
import { isLocalEngine } from './preflight/index.ts';
import type { LoadedEnvironment, ProjectFiles } from './project-files.ts';
import { label } from './stack/index.ts';

/** How long changes are gathered before the state is told. */
const coalesceMs = 100;
/** How often it is tried again to tell which engine is meant. */
const retryMs = 2000;

interface StackViewDeps {
  readonly files: ProjectFiles;
  readonly link: () => Promise<EngineLink>;
  /** Calls back when an operation begins or ends. */
  readonly onOperation: (listener: (environment: string) => void) => () => void;
}

/** The state of a stack, composed of what the files say and what the engine shows. */
export interface StackView {
  /** Waits until all containers have been read. */
  readonly get: (environment: string) => Promise<StackState>;
  /** Begins with what is known at once; see `reading` of the state. */
  readonly watch: (environment: string, signal: AbortSignal) => AsyncIterable<StackState>;
}

export function createStackView(deps: StackViewDeps): StackView {
  const look = async (environment: string, whole: boolean): Promise<StackState> => {
    const loaded = await deps.files.load(environment);
    const link = await reach(deps.link);
    if (!('watch' in link)) return compose(loaded, undefined, link, undefined, new Set());
    const stack = link.watch().project(loaded.project);
    await (whole ? stack.settled() : stack.begun());
    const { operations } = link;
    return compose(
      loaded,
      whole ? stack.snapshot : (stack.snapshot ?? stack.preview),
      link.watch().state,
      operations.current(environment),
      operations.pending(environment),
    );
  };
  return {
    get: (environment) => look(environment, true),
    async *watch(environment, signal) {
      const bell = createBell();
      const ends = [
        deps.files.onChange(bell.ring),
        deps.onOperation((changed) => {
          if (changed === environment) bell.ring();
        }),
      ];
      const engine = createEngineSubscription(deps, environment, bell.ring);
      let told = '';
      try {
        while (!signal.aborted) {
          await engine.renew();
          const state = await look(environment, false);
          const text = JSON.stringify({ ...state, at: '' });
          if (text !== told) yield state;
          told = text;
          await bell.next(signal);
          await pause(coalesceMs, signal);
        }
      } finally {
        engine.end();
        for (const end of ends) end();
      }
    },
  };
}

/** Follows the engine and the project as they are now: both may change while a stack is watched. */
function createEngineSubscription({ files, link }: StackViewDeps, environment: string, ring: () => void) {
  let followed: string | undefined;
  let ends: (() => void)[] = [];
  const end = (): void => {
    for (const one of ends) one();
    ends = [];
  };
  return {
    end,
    async renew(): Promise<void> {
      const reached = await reach(link);
      const { project } = await files.load(environment);
      const target = 'watch' in reached ? project : '';
      if (target === followed) return;
      followed = target;
      end();
      if (!('watch' in reached)) ends = [every(retryMs, ring)];
      else {
        const stack = reached.watch().project(project);
        ends = [reached.watch().onState(ring), stack.onChange(ring), stack.onPreview(ring)];
      }
    },
  };
}

function compose(
  loaded: LoadedEnvironment,
  seen: StackPreview | undefined,
  engine: EngineState,
  operation: string | undefined,
  pending: ReadonlySet<string>,
): StackState {
  const { model } = loaded;
  const mask = maskerFor(model, false);
  const containers = (seen?.containers ?? []).map(
    (one): SeenContainer => (one.run === undefined ? one : { ...one, detail: maskProbes(one.detail, mask) }),
  );
  const facts = model ? factsOfModel(model, changedServices(model, containers)) : factsOfLabels(containers);
  const done = containers.filter(({ run }) => run !== undefined).length;
  const reading = done < containers.length ? { done, all: containers.length } : undefined;
  const services = describeServices(facts, containers, { pending, local: isLocalEngine(engine.endpoint) });
  return {
    environment: loaded.environment.id,
    project: loaded.project,
    at: seen?.at ?? new Date().toISOString(),
    engine,
    ...describeStack(services, engine, reading),
    services,
    ...(reading === undefined ? {} : { reading }),
    orphans: model ? findOrphans([...facts, ...disabledFacts(model)], containers) : [],
    ...(operation === undefined ? {} : { operation }),
    ...(loaded.environment.problem === undefined ? {} : { problem: loaded.environment.problem }),
  };
}

/** Services of which a container carries another hash than the files give now. */
function changedServices(model: Model, containers: readonly SeenContainer[]): Set<string> {
  const idOf = (name: string): string =>
    containers.find(({ detail }) => detail.labels[label.service] === name)?.detail.id ?? '';
  const hashes = new Map<string, string>();
  const changed = new Set<string>();
  for (const { detail } of containers) {
    const service = model.services.get(detail.labels[label.service] ?? '');
    if (!service || detail.labels[label.oneoff] === 'True') continue;
    const version = detail.labels[label.version] ?? '';
    // The replicas of a service have it in common.
    const key = `${service.name} ${version}`;
    const hash = hashes.get(key) ?? serviceHash(service, hashProfileOf(version), idOf);
    hashes.set(key, hash);
    if (hash !== detail.labels[label.configHash]) changed.add(service.name);
  }
  return changed;
}

function disabledFacts(model: Model) {
  return model.disabled.map((name) => ({ name, wanted: 0, image: '', dependsOn: [], changed: false }));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
