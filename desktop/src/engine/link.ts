import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Model, parseYamlDocument } from './compose/index.ts';
import { composeVersionFor } from './compose-version.ts';
import { createConsent } from './consent.ts';
import { connect, type DockerGateway, type KeptLogins, resolveEndpoint } from './docker/index.ts';
import { createEngineWatch, type EngineWatch, type StackSnapshot } from './health/index.ts';
import { maskerFor } from './log-masks.ts';
import { createProjectLogs, type LogContainer, type ProjectLogs } from './logs/index.ts';
import {
  acquireLock,
  createRegistry,
  createReleases,
  createSeal,
  createStore,
  type Releases,
} from './release/index.ts';
import {
  createOperations,
  createSerial,
  type LockRequest,
  label,
  type OperationLog,
  type Operations,
  type Target,
} from './stack/index.ts';
import { readImageRules, stateDirectory } from './workspace/index.ts';

export interface LinkOptions {
  /** `--host` and `--context`, where they were given. */
  readonly endpoint: { readonly host?: string; readonly context?: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Logins to registries that win over those of Docker's own. */
  readonly logins: KeptLogins;
  readonly target: (environment: string, needsFiles: boolean) => Promise<Target>;
  readonly loadWith: (environment: string, variables: Readonly<Record<string, string>>) => Promise<Model>;
  readonly onOperation: (environment: string) => void;
  /** What operations on an engine, named by its address, are written down with. */
  readonly log: (engine: string) => OperationLog;
}

/** Everything that hangs on one Docker Engine. The parts that keep connections open come into being when they are first asked for. */
export interface EngineLink {
  readonly gateway: DockerGateway;
  readonly operations: Operations;
  readonly releases: Releases;
  readonly composeVersion: () => Promise<string>;
  /** The live view; opens the event feed. */
  watch(): EngineWatch;
  /** The logs of a project; follows its containers from now on. */
  logs(project: string): ProjectLogs;
  dispose(): Promise<void>;
}

/** Throws ENGINE_ENDPOINT where it cannot be told which engine is meant; whether it answers shows later. */
export async function createLink(options: LinkOptions): Promise<EngineLink> {
  const { endpoint, env, version } = options;
  const address = await resolveEndpoint({ ...endpoint, env, home: homedir(), platform: process.platform });
  const gateway = connect(address, { env, logins: options.logins });
  const allLogs = new Map<string, ProjectLogs>();
  let engineWatch: EngineWatch | undefined;
  let compose: Promise<string> | undefined;
  const watch = (): EngineWatch => (engineWatch ??= createEngineWatch({ gateway }));
  const composeVersion = (): Promise<string> => (compose ??= composeVersionFor(gateway, env));
  const shared = {
    gateway,
    hub: { subscribe: (listener: Parameters<EngineWatch['onItem']>[0]) => watch().onItem(listener) },
    startGate: createSerial(),
    maskFor: (model: Model | undefined) => maskerFor(model, false),
    composeVersion,
    quaysideVersion: version,
    consent: createConsent(env),
    target: options.target,
    lock: (request: LockRequest) => acquireLock(gateway, { ...request, breakStale: false }),
  };
  const releases = createReleases({ ...shared, ...(await releaseParts(options, gateway, address.url)) });
  const operations = createOperations({
    ...shared,
    beyond: releases,
    log: options.log(address.url),
    onChange: options.onOperation,
  });
  return {
    gateway,
    operations,
    releases,
    composeVersion,
    watch,
    logs(project) {
      const known = allLogs.get(project) ?? followProject(gateway, watch(), project);
      allLogs.set(project, known);
      return known;
    },
    async dispose() {
      await operations.dispose();
      for (const logs of allLogs.values()) logs.dispose();
      await engineWatch?.dispose();
      gateway.dispose();
    },
  };
}

/** Releases whose images are kept. */
const keptReleases = 10;

async function releaseParts({ env, loadWith }: LinkOptions, gateway: DockerGateway, url: string) {
  const directory = await stateDirectory(env['QUAYSIDE_STATE_DIR']);
  const crashAt = env['QUAYSIDE_CRASH_AT'];
  return {
    loadWith,
    store: (project: string) => Promise.resolve(createStore(directory, url, project)),
    seal: createSeal(join(directory, 'seal.key')),
    registry: createRegistry((domain) => gateway.images.login(domain)),
    imagePolicy: (directory: string) => readImageRules(directory, parseYamlDocument),
    keep: keptReleases,
    ...(crashAt === undefined ? {} : { crashAt }),
  };
}

function followProject(gateway: DockerGateway, watch: EngineWatch, project: string): ProjectLogs {
  const logs = createProjectLogs({ gateway });
  const stack = watch.project(project);
  if (stack.snapshot) logs.setContainers(logContainers(stack.snapshot));
  stack.onChange((snapshot) => {
    if (!snapshot.stale) logs.setContainers(logContainers(snapshot));
  });
  return logs;
}

/** The containers of a project as the log room wants them. */
export function logContainers({ containers }: StackSnapshot): LogContainer[] {
  return containers.map(({ detail }) => ({
    id: detail.id,
    name: detail.name,
    service: detail.labels[label.service] ?? '',
    tty: detail.tty,
    running: detail.running,
    created: detail.created,
    started: detail.startedAt,
    version: detail.labels['org.opencontainers.image.version'],
  }));
}
