import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import { HashedEmbedder } from './hashed-embedder.ts';
import { fillStore, HybridRetriever } from './hybrid-retriever.ts';
import { Language } from './language.ts';
import { MemoryVectorStore } from './memory-vector-store.ts';

/** The parts that need nothing from outside, filled with the catalogue. */
export async function embeddedRetrieval(catalogue: Catalogue, signal: AbortSignal) {
  const entries = entriesOf(catalogue);
  const language = new Language(entries, catalogue.synonyms);
  const [embedder, store] = [new HashedEmbedder(), new MemoryVectorStore()];
  await fillStore({ entries, embedder, store }, signal);
  return { language, embedder, store, retriever: new HybridRetriever({ entries, language, embedder, store }) };
}
