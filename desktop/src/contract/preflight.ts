import { z } from 'zod';

/**
 * What can be done about a finding. `env-form`: make an env file of the example, as a form; `variable`: set a variable, `value` is a
 * good one where one is known; `registry-login`: sign in to a registry; `command`: run this in a terminal, which only its user may do.
 */
export const repair = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('env-form'), file: z.string(), example: z.string() }),
  z.object({ kind: z.literal('variable'), name: z.string(), value: z.string().optional(), secret: z.boolean() }),
  z.object({ kind: z.literal('registry-login'), registry: z.string() }),
  z.object({ kind: z.literal('command'), label: z.string(), command: z.string() }),
]);
export type Repair = z.infer<typeof repair>;

/** What one preflight check found. Only `blocker` stops an `up`. */
export const finding = z.object({
  /** Name of the check, such as `engine`, `files`, `variables`, `ports`. */
  check: z.string(),
  severity: z.enum(['ok', 'note', 'warning', 'blocker']),
  /** What is the case, in plain words. */
  title: z.string(),
  /** Why it matters. */
  why: z.string().optional(),
  remedy: z.string().optional(),
  /** Ways to do what the remedy says, best first. */
  repairs: z.array(repair).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Finding = z.infer<typeof finding>;

export const preflightReport = z.object({ environment: z.string(), ok: z.boolean(), findings: z.array(finding) });
export type PreflightReport = z.infer<typeof preflightReport>;
