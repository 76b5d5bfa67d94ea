import type { ProviderConfig } from './settings.ts';

export type AiProviderName = 'openai' | 'google';

/** Which parts are those of a provider. */
export interface Choice {
  readonly chat: 'embedded' | AiProviderName;
  readonly vectors: 'embedded' | 'pinecone';
  /** Those of a provider are kept in Pinecone only: made at each start they would cost each time. */
  readonly embeddings: 'embedded' | AiProviderName;
}

type Keys = Pick<
  ProviderConfig,
  'llmProvider' | 'embeddingProvider' | 'openaiApiKey' | 'googleApiKey' | 'pineconeApiKey'
>;

function byKey({ openaiApiKey, googleApiKey }: Keys): Choice['chat'] {
  if (openaiApiKey !== undefined) return 'openai';
  return googleApiKey === undefined ? 'embedded' : 'google';
}

/** Reads the choice out of the configuration: what is said, else what the keys allow. */
export function choose(config: Keys): Choice {
  const chat = config.llmProvider ?? byKey(config);
  const vectors = config.pineconeApiKey === undefined ? 'embedded' : 'pinecone';
  if (vectors === 'embedded') return { chat, vectors, embeddings: 'embedded' };
  const embeddings = config.embeddingProvider ?? (chat === 'embedded' ? byKey(config) : chat);
  return { chat, vectors, embeddings };
}
