import type { ConfigDefinition } from '@shop/service/config/load';
import { commonSecrets, commonSettings, wholeNumber } from '@shop/service/config/values';
import { z } from 'zod';

/**
 * Every setting of the frontend. The environment variable of a setting is its name in capitals: `backendUrl` is
 * `BACKEND_URL`. Times are milliseconds.
 */
const schema = z.strictObject({
  ...commonSettings,
  port: wholeNumber(0, 65_535).default(8501).describe('Port to listen on; 0 = any free one.'),
  backendUrl: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:8000')
    .describe('Address of the backend.'),
  proxyTimeoutMs: wholeNumber(100, 120_000)
    .default(30_000)
    .describe('How long the backend may be silent before a request is given up.'),
});

export type Config = Readonly<z.infer<typeof schema>>;

export const configDefinition: ConfigDefinition<typeof schema> = {
  schema,
  secrets: new Set<keyof Config>(commonSecrets),
};
