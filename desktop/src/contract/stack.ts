import { z } from 'zod';
import { engineState } from './engine.ts';
import { problem } from './errors.ts';

/** One run of a container's health command, as the engine reports it. */
export const probe = z.object({
  startedAt: z.string(),
  endedAt: z.string(),
  exitCode: z.number().int(),
  /** First 4 KiB of what the command printed. */
  output: z.string(),
});
export type Probe = z.infer<typeof probe>;

export const containerHealth = z.enum(['none', 'starting', 'healthy', 'unhealthy']);
export type ContainerHealth = z.infer<typeof containerHealth>;

/** What only a closer look tells is absent until that has been taken. */
export const containerState = z.object({
  id: z.string(),
  name: z.string(),
  /** 1-based replica number (label com.docker.compose.container-number). */
  number: z.number().int(),
  /** The engine's own word: created, running, paused, restarting, removing, exited, dead. */
  status: z.string(),
  health: containerHealth,
  exitCode: z.number().int().optional(),
  oomKilled: z.boolean().optional(),
  restarts: z.number().int().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  image: z.string(),
  /** Short image id, 12 hex digits. */
  imageId: z.string(),
  /** Newest last, at most five: all that the engine keeps. Empty until they have been read. */
  probes: z.array(probe),
  failingStreak: z.number().int().optional(),
});
export type ContainerState = z.infer<typeof containerState>;

/** A published port. `url` is set where a browser on this machine can open it. */
export const publishedPort = z.object({
  hostIp: z.string(),
  hostPort: z.number().int(),
  containerPort: z.number().int(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
  url: z.string().optional(),
});
export type PublishedPort = z.infer<typeof publishedPort>;

/**
 * The state of a service in one word, for people: `missing` = no container; `created` = never started; `waiting` = held back
 * by a dependency; `starting` = running, health not yet known; `running` = runs without a health command; `crashing` =
 * restarts again and again; `unknown` = its containers have not been read yet.
 */
export const serviceCondition = z.enum([
  'missing',
  'created',
  'waiting',
  'starting',
  'running',
  'healthy',
  'unhealthy',
  'crashing',
  'paused',
  'stopped',
  'failed',
  'done',
  'unknown',
]);
export type ServiceCondition = z.infer<typeof serviceCondition>;

export const serviceState = z.object({
  name: z.string(),
  condition: serviceCondition,
  /** One sentence that says why the service is not simply healthy: what it waits for, the last probe, the exit code. */
  reason: z.string().optional(),
  /** Replicas wanted by the files. */
  wanted: z.number().int(),
  image: z.string(),
  /** Tag of the image, for the version chip; absent for images by digest. */
  version: z.string().optional(),
  dependsOn: z.array(z.object({ service: z.string(), condition: z.string() })),
  ports: z.array(publishedPort),
  containers: z.array(containerState),
  /** True where its image is built from sources here. */
  builds: z.boolean().optional(),
  /** True when the files differ from what runs, so that Apply changes would recreate it. */
  changed: z.boolean(),
});
export type ServiceState = z.infer<typeof serviceState>;

export const stackCondition = z.enum(['empty', 'stopped', 'starting', 'healthy', 'degraded', 'unknown']);

/** Everything that the Stack page shows, sent whole on each change. */
export const stackState = z.object({
  environment: z.string(),
  project: z.string(),
  /** ISO time of the observation. */
  at: z.string(),
  engine: engineState,
  condition: stackCondition,
  /** The overall state in one sentence, such as "2 of 2 services healthy". */
  sentence: z.string(),
  services: z.array(serviceState),
  /** Present until all containers have been read for the first time: how many have been. The condition is `unknown`. */
  reading: z.object({ done: z.number().int(), all: z.number().int() }).optional(),
  /** Names of containers of this project that belong to no service of the files. */
  orphans: z.array(z.string()),
  /** Id of the operation that is running now. */
  operation: z.string().optional(),
  /** Why the files cannot be used; services then come from labels alone. */
  problem: problem.optional(),
});
export type StackState = z.infer<typeof stackState>;

/** What a service that is in trouble printed last, secrets masked: at most twenty lines of the container that is worst off. */
export const lastWords = z.object({
  /** Absent where it has no container. */
  container: z.string().optional(),
  lines: z.array(z.string()),
});
export type LastWords = z.infer<typeof lastWords>;
