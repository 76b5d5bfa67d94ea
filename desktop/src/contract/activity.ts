import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { endOutcome, verb } from './operation.ts';

/**
 * What was done: a verb of an operation, the recovery of a release that was cut off, secret values that were looked at, an env file
 * that was changed; or, which belong to no project, a login for a registry that was made or taken out, and on a shared panel that
 * somebody came in or tried to, left, or had a session ended.
 */
export const activityKind = z.enum([
  ...verb.options,
  'recover',
  'reveal',
  'configure',
  'login',
  'sign-in',
  'sign-out',
  'revoke',
  'account',
]);
export type ActivityKind = z.infer<typeof activityKind>;

/** One line of the activity log. An operation has two: one before anything is touched, one with its end. */
export const activityEntry = z.object({
  /** Counts from 1, without a gap. */
  seq: z.number().int().positive(),
  /** ISO time. */
  at: z.string(),
  /** Account and machine: `mina@laptop`; for somebody who signed in to a shared panel, their user name there; empty = nobody who is known. */
  actor: z.string(),
  /** Network address that somebody who signed in came from. */
  origin: z.string().optional(),
  via: z.enum(['electron', 'web', 'cli', 'test']),
  kind: activityKind,
  phase: z.enum(['began', 'ended']),
  /** Id that both lines of an operation share. */
  operation: z.string(),
  /** Address of the engine. */
  engine: z.string(),
  project: z.string(),
  environment: z.string(),
  /** Services that were named; empty = all. */
  services: z.array(z.string()).default([]),
  /** Version or release that was asked for; revoke: the user whose session was ended; account: the user whose account was changed. */
  target: z.string().optional(),
  /** Named volumes whose data was to be deleted, with the confirmation of that. */
  volumes: z.array(z.string()).optional(),
  /** Ids of risks that were agreed to for it. */
  risks: z.array(z.string()).optional(),
  outcome: endOutcome.optional(),
  seconds: z.number().optional(),
  code: z.enum(errorCodes).optional(),
  summary: z.string().optional(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

export const activityQuery = z.object({
  /** Compose project; absent = all. */
  project: z.string().optional(),
  /** Entries older than this one. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().positive().max(1000).default(200),
});
export type ActivityQuery = z.input<typeof activityQuery>;

/** Newest first. */
export const activityPage = z.object({ entries: z.array(activityEntry), more: z.boolean() });
export type ActivityPage = z.infer<typeof activityPage>;

/** A place at which the log is not what was written. */
export const activityFault = z.object({
  file: z.string(),
  /** Counts from 1; absent where entries are missing at the end. */
  line: z.number().int().positive().optional(),
  sentence: z.string(),
});
export type ActivityFault = z.infer<typeof activityFault>;

export const activityCheck = z.object({
  ok: z.boolean(),
  /** Entries that are whole and in their place. */
  entries: z.number().int(),
  /** Lines that a crash or a full disk cut off while they were written; nothing was done under them. */
  cutOff: z.number().int(),
  faults: z.array(activityFault),
});
export type ActivityCheck = z.infer<typeof activityCheck>;
