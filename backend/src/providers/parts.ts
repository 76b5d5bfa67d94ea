import type { Dependency } from '@shop/service/health/monitor';
import type { Logger } from '@shop/service/logging/logger';
import { entriesOf } from '../catalogue/passages.ts';
import type { Catalogue } from '../catalogue/schema.ts';
import { ExtractiveModel } from '../chat/extractive-model.ts';
import type { ChatModel, Retriever } from '../chat/ports.ts';
import { embeddedRetrieval } from '../retrieval/embedded.ts';
import { HybridRetriever } from '../retrieval/hybrid-retriever.ts';
import type { Language } from '../retrieval/language.ts';
import { choose } from './choice.ts';
import { FallbackModel, FallbackRetriever } from './fallback.ts';
import type { ProviderConfig } from './settings.ts';

const fillTimeoutMs = 60_000;

/** What finds and words the answers, with what its health depends on. */
export interface Parts {
  readonly language: Language;
  readonly retriever: Retriever;
  readonly model: ChatModel;
  readonly dependencies: readonly Dependency[];
}

/** The embedded parts, and in front of them those of the providers that the configuration chooses. */
export async function openParts(config: ProviderConfig, catalogue: Catalogue, logger: Logger): Promise<Parts> {
  const embedded = await embeddedRetrieval(catalogue, AbortSignal.timeout(fillTimeoutMs));
  const { language, retriever } = embedded;
  const model = new ExtractiveModel();
  const choice = choose(config);
  if (choice.chat === 'embedded' && choice.vectors === 'embedded') {
    return { language, retriever, model, dependencies: [embedded.embedder, embedded.store, model] };
  }
  // Their libraries are large: nothing of them is loaded without need.
  const { openProviders } = await import('./open.ts');
  const opened = await openProviders(config, choice, logger);
  const vectors = opened.vectors ?? embedded;
  const chat = opened.model === undefined ? model : new FallbackModel(opened.model, model, logger);
  const shared = { entries: entriesOf(catalogue), language };
  return {
    language,
    retriever:
      opened.vectors === undefined
        ? retriever
        : new FallbackRetriever(new HybridRetriever({ ...shared, ...opened.vectors }), retriever, logger),
    model: chat,
    dependencies: [vectors.embedder, vectors.store, chat],
  };
}
