import { z } from 'zod';

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
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Finding = z.infer<typeof finding>;

export const preflightReport = z.object({ environment: z.string(), ok: z.boolean(), findings: z.array(finding) });
export type PreflightReport = z.infer<typeof preflightReport>;
