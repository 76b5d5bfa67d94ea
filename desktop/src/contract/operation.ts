import { z } from 'zod';
import { problem } from './errors.ts';

export const verb = z.enum(['up', 'build', 'stop', 'start', 'restart', 'down', 'deploy', 'rollback']);
export type Verb = z.infer<typeof verb>;

/** What to do, to which services (none named = all). Options that a verb does not know are refused as USAGE. */
export const action = z.object({
  verb,
  services: z.array(z.string()).default([]),
  /** up: build images even when they exist. */
  build: z.boolean().optional(),
  /** up: pull policy for this run. */
  pull: z.enum(['always', 'missing', 'never']).optional(),
  /** up: recreate every container. */
  forceRecreate: z.boolean().optional(),
  /** up: leave containers as they are, even where they differ from the files. */
  noRecreate: z.boolean().optional(),
  /** up: also recreate what the named services depend on. */
  alwaysRecreateDeps: z.boolean().optional(),
  /** up: recreate with new anonymous volumes instead of taking over those of the old containers. */
  renewAnonVolumes: z.boolean().optional(),
  /** up: leave what the named services depend on alone. */
  noDeps: z.boolean().optional(),
  /** up: replicas by service, instead of what the files say. */
  scale: z.record(z.string(), z.int().nonnegative()).optional(),
  /** up: volumes that differ from the files and may be made anew, which deletes their data; each by its full name. */
  recreateVolumes: z.array(z.string()).optional(),
  /** up: wait for all services to be healthy (default true). */
  wait: z.boolean().optional(),
  /** up: seconds to wait; absent = no limit of its own. */
  waitTimeout: z.number().positive().optional(),
  /** up, down: also remove containers of services that the files no longer name. */
  removeOrphans: z.boolean().optional(),
  /** stop, restart, down: seconds before a container is killed. */
  timeout: z.number().nonnegative().optional(),
  /** down: names of the volumes whose data may be deleted; each has to be named by its full name. */
  volumes: z.array(z.string()).optional(),
  /** down: also remove images; `local` = only those that were built without an image name. */
  images: z.enum(['local', 'all']).optional(),
  /** build: do not use the cache. */
  noCache: z.boolean().optional(),
  /** deploy: the version to deploy, which is the tag of the images in the registry. */
  version: z.string().min(1).optional(),
  /** deploy: images by digest, by service; they win over the version. */
  digests: z.record(z.string(), z.string()).optional(),
  /** rollback: id or version of the release to go back to; absent = the one before. */
  release: z.string().min(1).optional(),
  /** deploy, rollback: seconds for which everything has to stay healthy before it counts as done. */
  window: z.number().nonnegative().optional(),
  /** deploy, rollback: data schemas that do not fit were shown, and it is to be done all the same. */
  acceptSchema: z.boolean().optional(),
  /** up, build, deploy: ids of the risks in the plan that somebody agreed to, by typing what was asked for. */
  allowRisks: z.array(z.string()).optional(),
  /** deploy, rollback: take the lock away from whoever holds it; only one that is stale can be taken. */
  breakLock: z.boolean().optional(),
});
export type Action = z.infer<typeof action>;

export const stepKind = z.enum([
  'image.pull',
  'image.build',
  'image.remove',
  'image.tag',
  'network.create',
  'network.remove',
  'volume.create',
  'volume.remove',
  'container.create',
  'container.start',
  'container.stop',
  'container.restart',
  'container.remove',
  'container.rename',
  'service.wait',
]);
export type StepKind = z.infer<typeof stepKind>;

/** One operation on one resource, with the cause that put it into the plan. */
export const planStep = z.object({
  id: z.string(),
  kind: stepKind,
  /** Name of the container, network, volume, image or service that is touched. */
  resource: z.string(),
  service: z.string().optional(),
  cause: z.string(),
  /** Ids of the steps that have to be done first. */
  after: z.array(z.string()),
});
export type PlanStep = z.infer<typeof planStep>;

/**
 * Something that the files ask of the machine and that could be used to take it over. `ask`: has to be agreed to before anything is
 * done; `agreed`: was, for this project; `forbidden`: nobody can, as the project's quayside file says.
 */
export const planRisk = z.object({
  id: z.string(),
  kind: z.enum(['host-code', 'host-power', 'host-files', 'hardening']),
  /** The service, secret, config or volume that asks for it. */
  user: z.string(),
  message: z.string(),
  place: z.object({ file: z.string(), line: z.number().int() }),
  decision: z.enum(['ask', 'agreed', 'forbidden']),
});
export type PlanRisk = z.infer<typeof planRisk>;

export const plan = z.object({
  environment: z.string(),
  project: z.string(),
  verb,
  steps: z.array(planStep),
  warnings: z.array(z.string()),
  /** Data volumes of the project that the plan leaves alone. */
  keeps: z.array(z.string()),
  /** Absent where the files ask for nothing of the kind. */
  risks: z.array(planRisk).optional(),
  /** The equivalent docker compose command. */
  command: z.string(),
});
export type Plan = z.infer<typeof plan>;

/** One step of an image build, decoded from the engine's trace. Times are ISO. */
export const buildStep = z.object({
  /** Digest of the build vertex: stable within one build. */
  id: z.string(),
  name: z.string(),
  /** `[stage 2/5]` split off the name, where there is one. */
  stage: z.string().optional(),
  cached: z.boolean(),
  startedAt: z.string().optional(),
  completedAt: z.string().optional(),
  seconds: z.number().optional(),
  /** Bytes done and in all for transfers and extractions; absent where the builder reports none. */
  bytes: z.object({ current: z.number(), total: z.number() }).optional(),
  error: z.string().optional(),
});
export type BuildStep = z.infer<typeof buildStep>;

/** The parts of a deploy or rollback, in order; `return` only where it failed. */
export const releaseStage = z.enum(['prepare', 'swap', 'gate', 'settle', 'return']);
export type ReleaseStage = z.infer<typeof releaseStage>;

/** `restored`: it failed, and the release before runs again. `unrestored`: that failed too. */
export const endOutcome = z.enum(['done', 'failed', 'cancelled', 'restored', 'unrestored']);
export type EndOutcome = z.infer<typeof endOutcome>;

const at = { at: z.string() };
/**
 * What an operation tells while it runs. The first event is `begin`, the last `end`. `begin` comes again, with another plan,
 * where somebody else changed the project meanwhile so that the plan had to be made anew; `end` comes once.
 */
export const operationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), ...at, id: z.string(), environment: z.string(), action, plan }),
  z.object({
    type: z.literal('step'),
    ...at,
    step: z.string(),
    state: z.enum(['running', 'done', 'failed', 'skipped']),
    seconds: z.number().optional(),
    problem: problem.optional(),
  }),
  z.object({ type: z.literal('build'), ...at, service: z.string(), steps: z.array(buildStep) }),
  z.object({ type: z.literal('build-log'), ...at, service: z.string(), step: z.string(), text: z.string() }),
  z.object({
    type: z.literal('pull'),
    ...at,
    service: z.string(),
    image: z.string(),
    /** Bytes over all layers; `total` grows while layers become known. */
    current: z.number(),
    total: z.number(),
    layersDone: z.number().int(),
    layers: z.number().int(),
  }),
  z.object({ type: z.literal('waiting'), ...at, service: z.string(), reason: z.string() }),
  /** deploy, rollback: what is done now. */
  z.object({ type: z.literal('stage'), ...at, stage: releaseStage, text: z.string() }),
  z.object({ type: z.literal('note'), ...at, text: z.string() }),
  z.object({
    type: z.literal('end'),
    ...at,
    outcome: endOutcome,
    seconds: z.number(),
    /** One sentence for people. */
    summary: z.string(),
    problem: problem.optional(),
  }),
]);
export type OperationEvent = z.infer<typeof operationEvent>;

/** A batch of events (at most 200, or what came within 50 ms). `dropped` counts events the reader was too slow for. */
export const operationFrame = z.object({ events: z.array(operationEvent), dropped: z.number().int() });
export type OperationFrame = z.infer<typeof operationFrame>;

export const operationSummary = z.object({
  id: z.string(),
  environment: z.string(),
  verb,
  startedAt: z.string(),
  outcome: z.enum(['running', ...endOutcome.options]),
});
export type OperationSummary = z.infer<typeof operationSummary>;
