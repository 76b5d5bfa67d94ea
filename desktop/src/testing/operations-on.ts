import { homedir } from 'node:os';
import { type Action, action, type OperationEvent } from '#contract/index.ts';
import { loadModel } from '#engine/compose/index.ts';
import { connect, type DockerGateway, type FeedItem, resolveEndpoint } from '#engine/docker/index.ts';
import { createEngineWatch } from '#engine/health/index.ts';
import { type Consent, createOperations, createSerial, type Operations } from '#engine/stack/index.ts';
import type { ComposeProject } from './compose-project.ts';

type End = Extract<OperationEvent, { type: 'end' }>;
type Wanted = Partial<Action> & { verb: Action['verb'] };

/** A project of a test, driven by the operations of the engine. */
export interface DrivenProject {
  readonly gateway: DockerGateway;
  readonly operations: Operations;
  /** Runs an action to its end. */
  readonly run: (wanted: Wanted) => Promise<{ end: End; notes: string[] }>;
  /** The same, and expects it to go well. */
  readonly done: (wanted: Wanted) => Promise<void>;
  /** Ids of the steps that an action would take. */
  readonly plan: (wanted: Wanted) => Promise<string[]>;
}

/** Whoever writes a test has agreed to what its files ask for. */
export const allAgreed: Consent = {
  decisions: (_asker, risks) => Promise.resolve(risks.map(() => 'agreed')),
  grant: () => Promise.resolve(),
};

/** The event feed of an engine, for operations. */
export interface EngineEvents {
  readonly subscribe: (listener: (item: FeedItem) => void) => () => void;
  readonly dispose: () => Promise<void>;
}

export function engineEvents(gateway: DockerGateway): EngineEvents {
  const watch = createEngineWatch({ gateway });
  return { subscribe: (listener) => watch.onItem(listener), dispose: () => watch.dispose() };
}

/** `env` is the environment in which the files are read; `through` may stand between the operations and the engine. */
export async function operationsOn(
  project: ComposeProject,
  composeVersion: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  through: (gateway: DockerGateway) => DockerGateway = (gateway) => gateway,
  consent: Consent = allAgreed,
): Promise<DrivenProject> {
  const endpoint = await resolveEndpoint({ env: process.env, home: homedir(), platform: process.platform });
  const gateway = through(connect(endpoint));
  const events = engineEvents(gateway);
  const operations = createOperations({
    gateway,
    hub: events,
    startGate: createSerial(),
    maskFor: () => (text) => text,
    composeVersion: () => Promise.resolve(composeVersion),
    quaysideVersion: '0.0.0',
    consent,
    onChange: () => undefined,
    target: async (environment) => {
      const { directory, name } = project;
      const files = { directory, files: ['compose.yaml'], envFiles: [], profiles: [], projectName: name, env };
      return { environment, project: name, model: await loadModel(files), command: `docker compose -p ${name}` };
    },
  });
  const run: DrivenProject['run'] = async (wanted) => runOn(operations, wanted);
  return {
    gateway: {
      ...gateway,
      dispose() {
        void events.dispose();
        gateway.dispose();
      },
    },
    operations,
    run,
    async done(wanted) {
      const { end } = await run(wanted);
      if (end.outcome !== 'done') throw new Error(`${wanted.verb} ended as ${end.outcome}: ${end.summary}`);
    },
    plan: async (wanted) => (await operations.plan('default', action.parse(wanted))).steps.map(({ id }) => id),
  };
}

async function runOn(operations: Operations, wanted: Wanted): Promise<{ end: End; notes: string[] }> {
  const { id } = await operations.start('default', action.parse(wanted));
  const notes: string[] = [];
  for await (const event of operations.watch(id, new AbortController().signal)) {
    if (event.type === 'note') notes.push(event.text);
    if (event.type === 'end') return { end: event, notes };
  }
  throw new Error('the operation did not end');
}

/** A service that waits for its end on an image without anything, and ends at once. */
export function idleService(more: object = {}): object {
  return { image: 'qs-test-debian:bookworm', init: true, command: ['sleep', '1000'], stop_grace_period: '1s', ...more };
}
