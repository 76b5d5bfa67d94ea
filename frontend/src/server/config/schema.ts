import { z } from 'zod';
import { commonSettings, wholeNumber } from './values.ts';

/**
 * Every setting of the frontend. The environment variable of a setting is its name in capitals: `backendUrl` is
 * `BACKEND_URL`. Times are milliseconds.
 */
export const configSchema = z.strictObject({
  ...commonSettings,
  port: wholeNumber(0, 65_535).default(8501),
  backendUrl: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8000'),
  proxyTimeoutMs: wholeNumber(100, 120_000).default(30_000),
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Settings that may come from the environment or a `*_FILE` only, never from a config file. */
export const secretKeys: ReadonlySet<string> = new Set<keyof Config>(['apiToken']);
