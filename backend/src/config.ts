import type { ConfigDefinition } from '@shop/service/config/load';
import { commonSecrets, commonSettings, wholeNumber } from '@shop/service/config/values';
import { z } from 'zod';
import { providerSecrets, providerSettings, withProviderRules } from './providers/settings.ts';

/**
 * Every setting of the backend. The environment variable of a setting is its name in capitals: `logLevel` is
 * `LOG_LEVEL`. Times are milliseconds.
 */
const settings = z.strictObject({
  ...commonSettings,
  port: wholeNumber(0, 65_535).default(8000).describe('Port to listen on; 0 = any free one.'),
  catalogueDir: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of another catalogue than the one in the image: products/*.json, articles.json, synonyms.json.'),
  dataDir: z.string().min(1).optional().describe('Where feedback is kept. Unset: a folder for temporary files.'),
  ...providerSettings,
});

const schema = withProviderRules(settings);

export type Config = Readonly<z.infer<typeof schema>>;

export const configDefinition: ConfigDefinition<typeof schema> = {
  schema,
  secrets: new Set<keyof Config>([...commonSecrets, ...providerSecrets]),
};
