import { ConfigurationError } from '@shop/service/config/errors';
import type { Logger } from '@shop/service/logging/logger';
import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import { fillStore } from '../retrieval/hybrid-retriever.ts';
import { choose } from './choice.ts';
import { indexingTimes } from './limits.ts';
import type { ProviderConfig } from './settings.ts';

const timeoutMs = 600_000;

/**
 * Writes the catalogue into the Pinecone namespace and deletes everything else there. Doing it again changes nothing.
 * Rejects with ConfigurationError where Pinecone is not configured.
 */
export async function indexCatalogue(config: ProviderConfig, catalogue: Catalogue, logger: Logger) {
  const choice = choose(config);
  if (choice.vectors === 'embedded')
    throw new ConfigurationError(['PINECONE_API_KEY: is needed to index the catalogue']);
  const { openVectors } = await import('./open.ts');
  const { embedder, store } = await openVectors(config, choice, indexingTimes, logger);
  const entries = entriesOf(catalogue);
  const signal = AbortSignal.timeout(timeoutMs);
  await fillStore({ entries, embedder, store }, signal);
  const deleted = await store.keepOnly(new Set(entries.map(({ passage }) => passage.id)), signal);
  return { written: entries.length, deleted };
}
