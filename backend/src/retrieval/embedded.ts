import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import { HashedEmbedder } from './hashed-embedder.ts';
import { fillStore, HybridRetriever } from './hybrid-retriever.ts';
import { Language } from './language.ts';
import { MeaningIndex } from './meaning-index.ts';
import { MemoryVectorStore } from './memory-vector-store.ts';
import { embeddedWordVectors, WordVectors } from './word-vectors.ts';

const afterStartMs = 1000;

/** The parts that need nothing from outside, filled with the catalogue. */
export async function embeddedRetrieval(catalogue: Catalogue, signal: AbortSignal) {
  const entries = entriesOf(catalogue);
  const language = new Language(entries, catalogue.synonyms);
  const [embedder, store] = [new HashedEmbedder(), new MemoryVectorStore()];
  await fillStore({ entries, embedder, store }, signal);
  const meaning = new MeaningIndex(entries, await WordVectors.read(embeddedWordVectors));
  // The service answers first; nobody asks in its first second.
  setTimeout(() => {
    meaning.prepare();
  }, afterStartMs).unref();
  const retriever = new HybridRetriever({ entries, language, embedder, store, meaning });
  return { language, embedder, store, retriever };
}
