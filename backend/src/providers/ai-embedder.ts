import type { Outbound } from '@shop/service/outbound/outbound';
import { embedMany } from 'ai';
import type { Embedder, Vector } from '../chat/ports.ts';
import { type AiProvider, askForModels } from './ai-provider.ts';
import { batches } from './batches.ts';
import { createPing } from './ping.ts';

/** Google takes no more in one request. */
const maxTexts = 100;

/** Embeddings of OpenAI or Google. Rejects with OutboundError, also for vectors that are not of the size asked for. */
export class AiEmbedder implements Embedder {
  readonly name = 'embedder';
  readonly replaceable = true;
  readonly dimensions: number;
  readonly similarity: Embedder['similarity'];
  readonly ping: (signal: AbortSignal) => Promise<void>;
  readonly #provider: AiProvider;
  readonly #outbound: Outbound;

  constructor(provider: AiProvider, outbound: Outbound, dimensions: number) {
    this.dimensions = dimensions;
    this.similarity = provider.similarity;
    this.#provider = provider;
    this.#outbound = outbound;
    this.ping = createPing(outbound, () => askForModels(provider));
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]> {
    const vectors: Vector[] = [];
    for (const some of batches(texts, maxTexts)) vectors.push(...(await this.#embedSome(some, signal)));
    return vectors;
  }

  #embedSome(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]> {
    const { dimensions } = this;
    const model = this.#provider.embeddingModel;
    return this.#outbound.call(
      async (abortSignal) => {
        const { embeddings } = await embedMany({ model, values: [...texts], dimensions, maxRetries: 0, abortSignal });
        const wrong = embeddings.find((vector) => vector.length !== dimensions);
        if (wrong !== undefined) throw new Error(`vectors of ${wrong.length} numbers instead of ${dimensions}`);
        if (embeddings.length !== texts.length)
          throw new Error(`${embeddings.length} vectors for ${texts.length} texts`);
        return embeddings;
      },
      { idempotent: true, signal },
    );
  }
}
