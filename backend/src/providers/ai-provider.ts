import { outboundFetch } from '@shop/service/outbound/fetch';
import type { EmbeddingModel, LanguageModel } from 'ai';
import type { Similarity } from '../chat/ports.ts';
import type { AiProviderName } from './choice.ts';
import type { ProviderConfig } from './settings.ts';

/** One of the two makers of models, with what differs between them. */
export interface AiProvider {
  readonly name: AiProviderName;
  readonly chatModel: LanguageModel;
  readonly embeddingModel: EmbeddingModel;
  /** The cosines to expect of its embeddings. */
  readonly similarity: Similarity;
  /** Where the list of models is, which costs nothing to ask for. */
  readonly list: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
}

const trimmed = (url: string) => url.replace(/\/+$/, '');

async function openOpenAi(config: ProviderConfig): Promise<AiProvider> {
  const { createOpenAI } = await import('@ai-sdk/openai');
  const apiKey = config.openaiApiKey ?? '';
  const baseURL = trimmed(config.openaiBaseUrl);
  const openai = createOpenAI({ apiKey, baseURL, fetch: outboundFetch });
  return {
    name: 'openai',
    // Chat completions are what other servers speak too; the responses interface is OpenAI's alone.
    chatModel: openai.chat(config.llmModel ?? 'gpt-4.1-mini'),
    embeddingModel: openai.embedding(config.embeddingModel ?? 'text-embedding-3-small'),
    similarity: { unrelated: 0.2, related: 0.5, weight: 1 },
    list: { url: `${baseURL}/models`, headers: { authorization: `Bearer ${apiKey}` } },
  };
}

async function openGoogle(config: ProviderConfig): Promise<AiProvider> {
  const { createGoogle } = await import('@ai-sdk/google');
  const apiKey = config.googleApiKey ?? '';
  const baseURL = trimmed(config.googleBaseUrl);
  const google = createGoogle({ apiKey, baseURL, fetch: outboundFetch });
  return {
    name: 'google',
    chatModel: google.chat(config.llmModel ?? 'gemini-flash-latest'),
    embeddingModel: google.embedding(config.embeddingModel ?? 'gemini-embedding-001'),
    similarity: { unrelated: 0.5, related: 0.75, weight: 1 },
    list: { url: `${baseURL}/models?pageSize=1`, headers: { 'x-goog-api-key': apiKey } },
  };
}

/** Loads the provider's library, which nothing else does. */
export function openAiProvider(name: AiProviderName, config: ProviderConfig): Promise<AiProvider> {
  return name === 'openai' ? openOpenAi(config) : openGoogle(config);
}

/** Rejects unless the list of models can be had. */
export async function askForModels({ list: { url, headers } }: AiProvider): Promise<void> {
  const response = await outboundFetch(url, { headers });
  await response.body?.cancel();
  if (!response.ok) throw new Error('no list of models');
}
