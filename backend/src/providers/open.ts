import type { Logger } from '@shop/service/logging/logger';
import type { ChatModel, Embedder } from '../chat/ports.ts';
import { HashedEmbedder } from '../retrieval/hashed-embedder.ts';
import { openAiProvider } from './ai-provider.ts';
import type { Choice } from './choice.ts';
import { answerTimes, type CallTimes, openOutbound, searchTimes } from './limits.ts';
import type { PineconeVectorStore } from './pinecone-store.ts';
import type { ProviderConfig } from './settings.ts';

export interface ProviderVectors {
  readonly embedder: Embedder;
  readonly store: PineconeVectorStore;
}

async function openEmbedder(config: ProviderConfig, choice: Choice, times: CallTimes, logger: Logger) {
  if (choice.embeddings === 'embedded') return new HashedEmbedder();
  const { AiEmbedder } = await import('./ai-embedder.ts');
  const provider = await openAiProvider(choice.embeddings, config);
  return new AiEmbedder(
    provider,
    openOutbound(`${provider.name} embeddings`, times, config, logger),
    config.embeddingDimensions,
  );
}

/** Pinecone with its embedder. `times`: how long each call to them may take. */
export async function openVectors(
  config: ProviderConfig,
  choice: Choice,
  times: CallTimes,
  logger: Logger,
): Promise<ProviderVectors> {
  const { openIndex, PineconeVectorStore } = await import('./pinecone-store.ts');
  const embedder = await openEmbedder(config, choice, times, logger);
  const expected = { namespace: config.pineconeNamespace, dimensions: embedder.dimensions };
  const store = new PineconeVectorStore(openIndex(config), openOutbound('pinecone', times, config, logger), expected);
  return { embedder, store };
}

async function openModel(config: ProviderConfig, { chat }: Choice, logger: Logger): Promise<ChatModel | undefined> {
  if (chat === 'embedded') return undefined;
  const { AiChatModel } = await import('./ai-chat-model.ts');
  const provider = await openAiProvider(chat, config);
  return new AiChatModel(provider, openOutbound(`${provider.name} chat`, answerTimes(config), config, logger));
}

/** The chosen providers' parts; undefined where the embedded one is chosen. */
export async function openProviders(config: ProviderConfig, choice: Choice, logger: Logger) {
  const vectors =
    choice.vectors === 'pinecone' ? await openVectors(config, choice, searchTimes(config), logger) : undefined;
  return { vectors, model: await openModel(config, choice, logger) };
}
