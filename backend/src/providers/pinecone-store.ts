import { type Index, Pinecone } from '@pinecone-database/pinecone';
import { outboundFetch } from '@shop/service/outbound/fetch';
import type { Outbound } from '@shop/service/outbound/outbound';
import { z } from 'zod';
import type { VectorMatch, VectorQuery, VectorRecord, VectorStore } from '../chat/ports.ts';
import { batches } from './batches.ts';
import { metadataOf, pineconeFilter } from './pinecone-filter.ts';
import { createPing } from './ping.ts';
import type { ProviderConfig } from './settings.ts';

/** A request may have 2 MB; a vector of 1024 numbers takes up to 24 kB. */
const maxUpsert = 50;
const maxListed = 100;
const maxDeleted = 1000;

const listAnswer = z.object({
  vectors: z.array(z.object({ id: z.string() })).default([]),
  pagination: z.object({ next: z.string().optional() }).optional(),
});
const queryAnswer = z.object({ matches: z.array(z.object({ id: z.string(), score: z.number() })) });

/** Opens the index that the configuration names. Its address is asked of Pinecone at the first call, unless it is given. */
export function openIndex(config: ProviderConfig): Index {
  const { pineconeApiKey: apiKey = '', pineconeIndex: name, pineconeIndexUrl: host } = config;
  const controllerHostUrl = config.pineconeBaseUrl;
  const pinecone = new Pinecone({ apiKey, controllerHostUrl, fetchApi: outboundFetch, maxRetries: 0 });
  const index = host === undefined ? { name: name ?? '' } : { host };
  return pinecone.index({ ...index, namespace: config.pineconeNamespace });
}

/** Pinecone as vector store. Rejects with OutboundError. */
export class PineconeVectorStore implements VectorStore {
  readonly name = 'vector_store';
  readonly replaceable = true;
  readonly ping: (signal: AbortSignal) => Promise<void>;
  readonly #index: Index;
  readonly #outbound: Outbound;

  constructor(index: Index, outbound: Outbound, expected: { readonly namespace: string; readonly dimensions: number }) {
    this.#index = index;
    this.#outbound = outbound;
    this.ping = createPing(outbound, async () => {
      const { dimension, namespaces } = await index.describeIndexStats();
      if (dimension !== undefined && dimension !== expected.dimensions) {
        throw new Error(`the index has ${dimension} dimensions, the vectors have ${expected.dimensions}`);
      }
      if ((namespaces?.[expected.namespace]?.recordCount ?? 0) === 0) {
        throw new Error(`the namespace ${expected.namespace} is empty: run index-catalogue`);
      }
    });
  }

  async upsert(records: readonly VectorRecord[], signal: AbortSignal): Promise<void> {
    const mine = records.map(({ id, vector, facts }) => ({ id, values: [...vector], metadata: metadataOf(facts) }));
    for (const some of batches(mine, maxUpsert)) {
      await this.#outbound.call(() => this.#index.upsert({ records: some }), { idempotent: true, signal });
    }
  }

  /** Deletes every record of the namespace that is not named; resolves to how many that were. Serverless indexes only. */
  async keepOnly(ids: ReadonlySet<string>, signal: AbortSignal): Promise<number> {
    const gone: string[] = [];
    let token: string | undefined;
    do {
      const place = token === undefined ? {} : { paginationToken: token };
      const list = () => this.#index.listPaginated({ limit: maxListed, ...place });
      const page = listAnswer.parse(await this.#outbound.call(list, { idempotent: true, signal }));
      gone.push(...page.vectors.map(({ id }) => id).filter((id) => !ids.has(id)));
      token = page.pagination?.next;
    } while (token !== undefined && token !== '');
    for (const some of batches(gone, maxDeleted)) {
      await this.#outbound.call(() => this.#index.deleteMany({ ids: some }), { idempotent: true, signal });
    }
    return gone.length;
  }

  async search(
    { vector, limit, filter, above = -1 }: VectorQuery,
    signal: AbortSignal,
  ): Promise<readonly VectorMatch[]> {
    const passing = pineconeFilter(filter);
    const query = { vector: [...vector], topK: limit, ...(passing === undefined ? {} : { filter: passing }) };
    const ask = async () => queryAnswer.parse(await this.#index.query(query)).matches;
    const matches = await this.#outbound.call(ask, { idempotent: true, signal });
    return matches.filter(({ score }) => score > above);
  }
}
