import { z } from 'zod';
import { problem } from './errors.ts';
import { buildStep } from './operation.ts';

/** Builds that are kept of one environment, the newest; an older one is deleted when another has ended. */
export const keptBuilds = 60;
/** Lines that are kept of what one step printed, the last. */
export const keptBuildLines = 1000;

export const buildOutcome = z.enum(['done', 'failed', 'cancelled']);
export type BuildOutcome = z.infer<typeof buildOutcome>;

/** A build of one service's image that has ended. */
export const buildSummary = z.object({
  id: z.string(),
  service: z.string(),
  /** Name of the image. */
  image: z.string(),
  /** ISO time. */
  startedAt: z.string(),
  seconds: z.number(),
  outcome: buildOutcome,
  /** Steps in all, and those that came from the cache. */
  stepCount: z.number().int(),
  cachedCount: z.number().int(),
});
export type BuildSummary = z.infer<typeof buildSummary>;

/** The last lines that a step printed, secrets masked; `hidden` counts those before them. Untrusted text. */
export const buildLog = z.object({ step: z.string(), lines: z.array(z.string()), hidden: z.number().int() });
export type BuildLog = z.infer<typeof buildLog>;

export const buildRecord = buildSummary.extend({
  steps: z.array(buildStep),
  logs: z.array(buildLog),
  /** Why it failed, with the place in the Dockerfile; see `buildFailureDetails`. */
  problem: problem.optional(),
});
export type BuildRecord = z.infer<typeof buildRecord>;
