import { z } from 'zod';
import { type FakeAnswer, type FakeRequest, sendJson, startFake } from './fake-server.ts';

type Metadata = Record<string, string | number | boolean>;

const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const upsertBody = z.object({
  namespace: z.string(),
  vectors: z
    .array(z.object({ id: z.string(), values: z.array(z.number()), metadata: metadata.default({}) }))
    .min(1)
    .max(1000),
});
const queryBody = z.object({
  namespace: z.string(),
  topK: z.number().int().min(1).max(10_000),
  vector: z.array(z.number()),
  filter: z.record(z.string(), z.partialRecord(z.enum(['$eq', '$gte', '$lte']), z.unknown())).default({}),
});
const deleteBody = z.object({ namespace: z.string(), ids: z.array(z.string()).min(1).max(1000) });

type Stored = z.infer<typeof upsertBody>['vectors'][number];

function passes(value: Metadata[string] | undefined, wanted: Partial<Record<string, unknown>>): boolean {
  if (value === undefined) return false;
  if (wanted['$eq'] !== undefined && value !== wanted['$eq']) return false;
  if (wanted['$gte'] !== undefined && !(Number(value) >= Number(wanted['$gte']))) return false;
  return wanted['$lte'] === undefined || Number(value) <= Number(wanted['$lte']);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1);
}

/** One serverless index in memory. */
class FakeIndex {
  readonly #namespaces = new Map<string, Map<string, Stored>>();

  of(name: string): Map<string, Stored> {
    const namespace = this.#namespaces.get(name) ?? new Map<string, Stored>();
    this.#namespaces.set(name, namespace);
    return namespace;
  }

  query({ namespace, vector, topK, filter }: z.infer<typeof queryBody>) {
    const matches = [...this.of(namespace).values()]
      .filter((stored) => Object.entries(filter).every(([key, wanted]) => passes(stored.metadata[key], wanted)))
      .map(({ id, values }) => ({ id, score: cosine(vector, values), values: [] }))
      .sort((a, b) => b.score - a.score);
    return { matches: matches.slice(0, topK), namespace, usage: { readUnits: 1 } };
  }

  stats() {
    return Object.fromEntries([...this.#namespaces].map(([name, { size }]) => [name, { vectorCount: size }]));
  }
}

function dataPlane(index: FakeIndex, dimension: number, { method, url, body }: FakeRequest): object | undefined {
  switch (`${method} ${url.pathname}`) {
    case 'POST /data/vectors/upsert': {
      const { namespace, vectors } = upsertBody.parse(body);
      for (const vector of vectors) index.of(namespace).set(vector.id, vector);
      return { upsertedCount: vectors.length };
    }
    case 'POST /data/query':
      return index.query(queryBody.parse(body));
    case 'POST /data/describe_index_stats':
      return { namespaces: index.stats(), dimension, indexFullness: 0, totalVectorCount: 0 };
    case 'GET /data/vectors/list': {
      const all = [...index.of(url.searchParams.get('namespace') ?? '').keys()].sort();
      const from = Number(url.searchParams.get('paginationToken') ?? '0');
      const to = from + Number(url.searchParams.get('limit') ?? '100');
      const vectors = all.slice(from, to).map((id) => ({ id }));
      return { vectors, ...(to < all.length ? { pagination: { next: String(to) } } : {}) };
    }
    case 'POST /data/vectors/delete': {
      const { namespace, ids } = deleteBody.parse(body);
      for (const id of ids) index.of(namespace).delete(id);
      return {};
    }
    default:
      return undefined;
  }
}

/** A fake of Pinecone: the control plane that knows the index `shop`, and its data plane, behind a key. */
export async function startFakePinecone(apiKey: string, dimension = 1024) {
  const index = new FakeIndex();
  let url = '';
  const answer: FakeAnswer = (request, response) => {
    if (request.headers['api-key'] !== apiKey) {
      response.writeHead(401, { 'content-type': 'text/plain' }).end('Invalid API Key');
      return;
    }
    const spec = { serverless: { cloud: 'aws', region: 'us-east-1' } };
    const status = { ready: true, state: 'Ready' };
    const model = {
      name: 'shop',
      dimension,
      metric: 'cosine',
      host: `${url}/data`,
      spec,
      status,
      vector_type: 'dense',
    };
    if (request.method === 'GET' && request.url.pathname === '/indexes/shop') sendJson(response, 200, model);
    else {
      const found = dataPlane(index, dimension, request);
      const missing = {
        status: 404,
        error: { code: 'NOT_FOUND', message: `Resource ${request.url.pathname} not found` },
      };
      sendJson(response, found === undefined ? 404 : 200, found ?? missing);
    }
  };
  const fake = await startFake(answer);
  url = fake.url;
  return { ...fake, index, indexUrl: `${url}/data` };
}
