import { z } from 'zod';
import { commonSettings, wholeNumber } from './values.ts';

/**
 * Every setting of the backend. The environment variable of a setting is its name in capitals: `logLevel` is
 * `LOG_LEVEL`. Times are milliseconds.
 */
export const configSchema = z.strictObject({
  ...commonSettings,
  port: wholeNumber(0, 65_535).default(8000),
  catalogueFile: z.string().min(1).optional(),
  dataDir: z.string().min(1).optional(),
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Settings that may come from the environment or a `*_FILE` only, never from a config file. */
export const secretKeys: ReadonlySet<string> = new Set<keyof Config>(['apiToken']);
