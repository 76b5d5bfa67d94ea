import { z } from 'zod';

/** A whole number within bounds; the text of an environment variable is turned into a number first. */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.number().int().min(min).max(max),
  );

/** Of these, the ones that may come from the environment or a `*_FILE` only, never from a config file. */
export const commonSecrets = ['apiToken'] as const;

/** The settings that every service has. */
export const commonSettings = {
  environment: z.enum(['development', 'production']).default('development'),
  appVersion: z.string().optional(),
  host: z.string().min(1).default('0.0.0.0'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  healthIntervalMs: wholeNumber(2000, 5000).default(3000),
  healthTimeoutMs: wholeNumber(50, 5000).default(1000),
  shutdownGraceMs: wholeNumber(0, 60_000).default(8000),
  apiToken: z.string().min(16, 'must have at least 16 characters').optional(),
};

export type CommonConfig = Readonly<z.infer<z.ZodObject<typeof commonSettings>>>;
