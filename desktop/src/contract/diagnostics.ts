import { z } from 'zod';

/** What to gather. Without an environment, what needs none: for a folder whose files cannot be used. */
export const diagnosticsQuery = z.object({
  environment: z.string().optional(),
  /** The newest lines of each container's log. */
  lines: z.number().int().min(0).max(5000).default(500),
});
export type DiagnosticsQuery = z.input<typeof diagnosticsQuery>;

/** One file of a bundle as it would be saved: secrets are masked in it. */
export const diagnosticsFile = z.object({
  /** Path inside the bundle, such as `logs/web.log`. */
  name: z.string(),
  /** What it tells, for people. */
  title: z.string(),
  text: z.string(),
  /** Places at which something is masked. */
  masked: z.number().int(),
  /** Why it does not hold what its title says, or not all of it. */
  gap: z.string().optional(),
});
export type DiagnosticsFile = z.infer<typeof diagnosticsFile>;

/** What is handed to whoever helps, before it is saved. */
export const diagnosticsBundle = z.object({
  /** Good name for the file that it is saved as, without its ending. */
  name: z.string(),
  /** ISO time. */
  at: z.string(),
  files: z.array(diagnosticsFile),
});
export type DiagnosticsBundle = z.infer<typeof diagnosticsBundle>;
