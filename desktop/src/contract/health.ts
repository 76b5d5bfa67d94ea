import { z } from 'zod';
import { probe, serviceCondition } from './stack.ts';

/** A service came into a condition. */
export const healthChange = z.object({
  /** ISO time at which it was seen. */
  at: z.string(),
  condition: serviceCondition,
  reason: z.string().optional(),
});
export type HealthChange = z.infer<typeof healthChange>;

/** One run of a health command, with the container it ran in. */
export const recordedProbe = probe.extend({ container: z.string() });
export type RecordedProbe = z.infer<typeof recordedProbe>;

/** How the engine probes a container. Times in seconds. */
export const healthRules = z.object({
  command: z.array(z.string()),
  interval: z.number(),
  timeout: z.number(),
  retries: z.number().int(),
  startPeriod: z.number(),
});
export type HealthRules = z.infer<typeof healthRules>;

/** What a service's own readiness address or command says about one thing that it needs. */
export const readinessCheck = z.object({
  name: z.string(),
  status: z.string(),
  latencyMs: z.number().optional(),
  error: z.string().optional(),
});
export type ReadinessCheck = z.infer<typeof readinessCheck>;

/** One answer of an application to whether it is ready. */
export const readinessAnswer = z.object({
  at: z.string(),
  container: z.string(),
  ready: z.boolean(),
  seconds: z.number(),
  /** Its words, where it is not ready. */
  reason: z.string().optional(),
  checks: z.array(readinessCheck),
});
export type ReadinessAnswer = z.infer<typeof readinessAnswer>;

export const serviceHealth = z.object({
  name: z.string(),
  condition: serviceCondition,
  reason: z.string().optional(),
  /** Oldest first, at most fifty; the last one is the present. */
  changes: z.array(healthChange),
  /** Newest last, at most sixty. */
  probes: z.array(recordedProbe),
  /** Absent where it has no health command. */
  rules: healthRules.optional(),
  /** Newest last, at most sixty; empty where the application is not asked. */
  readiness: z.array(readinessAnswer),
});
export type ServiceHealth = z.infer<typeof serviceHealth>;

/** The health of an environment's services since this core has watched them. */
export const healthState = z.object({
  environment: z.string(),
  at: z.string(),
  /** From when on changes were written down. */
  since: z.string(),
  services: z.array(serviceHealth),
});
export type HealthState = z.infer<typeof healthState>;
