import { embeddedCatalogue, loadCatalogue } from '../src/catalogue/load.ts';
import { Assistant } from '../src/chat/assistant.ts';
import { ExtractiveModel } from '../src/chat/extractive-model.ts';
import { MemorySessions } from '../src/chat/memory-sessions.ts';
import { embeddedRetrieval } from '../src/retrieval/embedded.ts';

/** The embedded assistant over the shop's catalogue. */
export async function embeddedAssistant(signal: AbortSignal): Promise<Assistant> {
  const catalogue = await loadCatalogue(process.env['CATALOGUE_DIR'] ?? embeddedCatalogue);
  const { language, retriever } = await embeddedRetrieval(catalogue, signal);
  return new Assistant({
    catalogue,
    language,
    retriever,
    model: new ExtractiveModel(),
    sessions: new MemorySessions(),
  });
}
