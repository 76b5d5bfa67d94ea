import { wholeNumber } from '@shop/service/config/values';
import { z } from 'zod';
import { type Choice, choose } from './choice.ts';

/** Of these, the ones that may come from the environment or a `*_FILE` only. */
export const providerSecrets = ['openaiApiKey', 'googleApiKey', 'pineconeApiKey'] as const;

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
const key = z.string().min(8, 'must have at least 8 characters').optional();
const who = z.enum(['embedded', 'openai', 'google']).optional();

/** The settings of the cloud services that can take the place of the embedded parts. */
export const providerSettings = {
  llmProvider: who.describe('Who words the answers. Unset: the one whose key is set, else embedded.'),
  llmModel: z
    .string()
    .min(1)
    .optional()
    .describe('Its model. Unset: gpt-4.1-mini of OpenAI, gemini-flash-latest of Google.'),
  embeddingProvider: who.describe(
    'Who makes the vectors that are kept in Pinecone. Unset: the one that words the answers, else the one whose key is set, else embedded.',
  ),
  embeddingModel: z
    .string()
    .min(1)
    .optional()
    .describe('Its model. Unset: text-embedding-3-small of OpenAI, gemini-embedding-001 of Google.'),
  embeddingDimensions: wholeNumber(64, 4096)
    .default(1024)
    .describe('Size of the vectors; the Pinecone index must have the same. The embedded ones always have 1024.'),
  openaiApiKey: key.describe('Key for OpenAI, or for a server that speaks its protocol.'),
  openaiBaseUrl: address.default('https://api.openai.com/v1').describe('Address of OpenAI.'),
  googleApiKey: key.describe('Key for Google Gemini.'),
  googleBaseUrl: address
    .default('https://generativelanguage.googleapis.com/v1beta')
    .describe('Address of Google Gemini.'),
  pineconeApiKey: key.describe('Key for Pinecone. Unset: vectors are kept in memory.'),
  pineconeIndex: z.string().min(1).optional().describe('Name of the index; its address is asked of Pinecone.'),
  pineconeIndexUrl: address.optional().describe('Address of the index itself; saves asking for it.'),
  pineconeNamespace: z.string().min(1).default('shop').describe('Namespace of the catalogue in the index.'),
  pineconeBaseUrl: address.default('https://api.pinecone.io').describe('Address of Pinecone.'),
  providerTimeoutMs: wholeNumber(100, 30_000)
    .default(2000)
    .describe('How long a search at a provider may take before the embedded one takes its place.'),
  llmTimeoutMs: wholeNumber(500, 120_000).default(15_000).describe('How long a model may take for a whole answer.'),
  llmSilenceMs: wholeNumber(100, 60_000)
    .default(4000)
    .describe('How long a model may say nothing, before the first word too.'),
  providerConcurrency: wholeNumber(1, 1000)
    .default(32)
    .describe('Calls to one provider at the same time; twice as many may wait for their turn.'),
};

export type ProviderConfig = Readonly<z.infer<z.ZodObject<typeof providerSettings>>>;

interface Rule {
  readonly key: keyof ProviderConfig;
  readonly message: string;
  readonly broken: (config: ProviderConfig, choice: Choice) => boolean;
}

const keyOf = { openai: 'openaiApiKey', google: 'googleApiKey' } as const;
const bothKeys = ({ openaiApiKey, googleApiKey }: ProviderConfig) =>
  openaiApiKey !== undefined && googleApiKey !== undefined;

const keyRules = (['openai', 'google'] as const).map((provider): Rule => {
  const asked = (config: ProviderConfig) => [config.llmProvider, config.embeddingProvider].includes(provider);
  const broken = (config: ProviderConfig) => asked(config) && config[keyOf[provider]] === undefined;
  return { key: keyOf[provider], message: `is needed: ${provider} is the provider that is asked for`, broken };
});

const rules: readonly Rule[] = [
  ...keyRules,
  {
    key: 'llmProvider',
    message: 'must say which: the keys of both openai and google are set',
    broken: (config) => config.llmProvider === undefined && bothKeys(config),
  },
  {
    key: 'embeddingProvider',
    message: 'must say which: the keys of both openai and google are set',
    broken: (config, { vectors }) =>
      vectors === 'pinecone' &&
      config.embeddingProvider === undefined &&
      config.llmProvider === 'embedded' &&
      bothKeys(config),
  },
  {
    key: 'pineconeApiKey',
    message: 'is needed: the vectors of an embedding provider are kept in Pinecone',
    broken: ({ embeddingProvider = 'embedded' }, { vectors }) =>
      embeddingProvider !== 'embedded' && vectors === 'embedded',
  },
  {
    key: 'pineconeApiKey',
    message: 'is needed: a Pinecone index is named',
    broken: ({ pineconeIndex, pineconeIndexUrl }, { vectors }) =>
      (pineconeIndex ?? pineconeIndexUrl) !== undefined && vectors === 'embedded',
  },
  {
    key: 'pineconeIndex',
    message: 'is needed, or PINECONE_INDEX_URL: a key for Pinecone is set',
    broken: ({ pineconeIndex, pineconeIndexUrl }, { vectors }) =>
      (pineconeIndex ?? pineconeIndexUrl) === undefined && vectors === 'pinecone',
  },
  {
    key: 'llmModel',
    message: 'has no provider: no key is set, or LLM_PROVIDER is embedded',
    broken: ({ llmModel }, { chat }) => llmModel !== undefined && chat === 'embedded',
  },
  {
    key: 'embeddingModel',
    message: 'has no provider: it takes a key of openai or google, and Pinecone',
    broken: ({ embeddingModel }, { embeddings }) => embeddingModel !== undefined && embeddings === 'embedded',
  },
  {
    key: 'embeddingDimensions',
    message: 'must be 1024 with embedded vectors',
    broken: ({ embeddingDimensions }, { vectors, embeddings }) =>
      vectors === 'pinecone' && embeddings === 'embedded' && embeddingDimensions !== 1024,
  },
];

/** Adds the rules on what goes together; all that are broken are told, also beside other errors. */
export function withProviderRules<S extends z.ZodObject<typeof providerSettings>>(schema: S): S {
  return rules.reduce(
    (checked, { key: path, message, broken }) =>
      checked.refine((config) => !broken(config, choose(config)), { path: [path], message, when: () => true }),
    schema,
  );
}
