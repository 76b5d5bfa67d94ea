import type {
  LogCounts,
  LogCountsQuery,
  LogExportPage,
  LogExportQuery,
  LogNewErrors,
  LogPage,
  LogQuery,
} from '#contract/index.ts';
import { shown } from '#engine/logs/fixtures/lines.ts';
import { factsOf } from '#engine/logs/parse/facts.ts';
import { countLines } from '#engine/logs/search/count-lines.ts';
import { readPage } from '#engine/logs/search/read.ts';
import { createLogStore } from '#engine/logs/store/store.ts';
import { MARKER_STREAM } from '#engine/logs/store/streams.ts';
import { ago, now } from './clock.ts';

const samples: [level: number, message: string, fields: Record<string, unknown>][] = [
  [30, 'request completed', { req: { method: 'POST', url: '/api/chat' }, res: { statusCode: 200 }, responseTime: 41 }],
  [30, 'proxied', { path: '/api/chat', status: 200, ms: 44 }],
  [40, 'vector store slow', { latency_ms: 812, budget_ms: 500 }],
  [
    50,
    'llm timeout after 8 s',
    {
      provider: 'openai',
      attempt: 2,
      err: {
        type: 'AbortError',
        message: 'aborted',
        stack: 'AbortError: aborted\n    at ask (/app/src/llm.ts:41:11)\n    at answer (/app/src/chat.ts:88:20)',
      },
    },
  ],
  [30, 'answered from the embedded store', { products: 3, abstained: false }],
  [20, 'cache miss', { key: 'emb:7f3a' }],
];
const hostile = [
  '<img src=x onerror="document.title=1"> plain text with markup',
  '\u001b[31mred\u001b[0m \u001b]52;c;aGk=\u0007 clipboard \u202Eright to left\u0007 bell',
  `{"level":30,"msg":"<script>alert(1)</script>","__proto__":{"x":1},"long":${'9'.repeat(20)}}`,
  'not JSON at all',
  '\u001b[32mINFO\u001b[0m listening on \u001b[1;36mhttp://0.0.0.0:8000\u001b[0m \u001b[33m(debug)\u001b[0m',
];

const trace = [
  'TypeError: Cannot read properties of undefined (reading "price")',
  '    at rank (/app/src/rank.ts:12:9)',
  '    at answer (/app/src/chat.ts:40:3)',
];

function textAt(seq: number, ms: number): string {
  const odd = seq % 97 === 0 ? hostile[(seq / 97) % hostile.length] : trace[seq % 250];
  if (odd !== undefined) return odd;
  const [level, msg, fields] = samples[(seq * 5 + (seq >> 2)) % samples.length] ?? [30, '', {}];
  const reqId = `req-7f3a${Math.floor(seq / 3)}`;
  return JSON.stringify({ level, time: ms, pid: 1, hostname: 'a1b2', msg, ...fields, reqId });
}

/** A log of `count` made-up lines that grows by `perSecond`, in a store of the real kind. */
export class FakeLogs {
  readonly #store = createLogStore();
  readonly #from = now() - 17 * 60_000;
  readonly #born = now();
  readonly #perSecond: number;
  readonly #isDeep: boolean;
  #grown = 0;

  /** `isDeep`: the engine has more of it than it can be searched through. */
  constructor(count: number, perSecond: number, isDeep = false) {
    this.#perSecond = perSecond;
    this.#isDeep = isDeep;
    this.#store.addSource({ service: 'backend', name: 'shop-dev-backend-1' });
    this.#store.addSource({ service: 'frontend', name: 'shop-dev-frontend-1' });
    for (let seq = 1; seq <= count; seq += 1) this.#add(seq);
  }

  #add(seq: number): void {
    const ms = this.#from + seq * 20;
    const marker = seq % 400 === 0;
    const text = Buffer.from(marker ? 'was restarted' : textAt(seq, ms));
    const line = shown({ stream: 1, sec: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000, text, cut: false });
    const facts = factsOf(seq % 3 === 1 && seq % 250 > 2 ? 1 : 0, line);
    this.#store.add(line, marker ? { ...facts, stream: MARKER_STREAM } : facts);
  }

  #grow(): void {
    const wanted = Math.floor(((now() - this.#born) / 1000) * this.#perSecond);
    for (; this.#grown < wanted; this.#grown += 1) this.#add(this.#store.lastSeq + 1);
  }

  counts(query: LogCountsQuery, signal: AbortSignal | undefined): Promise<LogCounts> {
    this.#grow();
    return countLines({ store: this.#store }, query, signal ?? new AbortController().signal);
  }

  /** What only the engine has: nothing that anybody looks for. */
  async #past(before: string): Promise<Pick<LogPage, 'lines' | 'more' | 'earlier'>> {
    if (!this.#isDeep) return { lines: [], more: false, earlier: undefined };
    await new Promise((resolve) => setTimeout(resolve, 100));
    const earlier = new Date(Date.parse(before) - 60_000).toISOString().replace('Z', '000000Z');
    return { lines: [], more: true, earlier };
  }

  /** What a deployment six minutes ago might have brought. */
  newErrors(): LogNewErrors {
    const seq = this.#store.lastSeq - 3;
    const kind = { service: 'backend', first: ago(300), last: ago(12), seq };
    return {
      since: ago(360),
      release: '1.4.2',
      kinds: [
        { ...kind, text: 'TypeError: Cannot read properties of undefined (reading "price")', count: 214 },
        { ...kind, text: 'AbortError: llm timeout after 8 s', count: 3 },
        { ...kind, service: 'frontend', text: 'upstream answered 502 for /api/chat', count: 1 },
      ],
      total: 3,
      full: false,
    };
  }

  async export({ filter, id = '0' }: LogExportQuery): Promise<LogExportPage> {
    const source = { store: this.#store, show: (text: string) => text };
    const query = { filter, limit: 2000, waitMs: 0, after: Number(id) };
    const { lines, more, cursor } = await readPage(source, query, new AbortController().signal);
    return { lines, missing: false, ...(more ? { id: String(cursor) } : {}) };
  }

  async read(query: LogQuery, signal = new AbortController().signal): Promise<LogPage> {
    const read = async (): Promise<LogPage> => {
      const page = await readPage({ store: this.#store, show: (text) => text }, { ...query, waitMs: 0 }, signal);
      return this.#isDeep ? { ...page, earlier: page.since } : page;
    };
    if (query.backFrom !== undefined) return { ...(await read()), ...(await this.#past(query.backFrom)) };
    const until = Date.now() + query.waitMs;
    for (;;) {
      this.#grow();
      const page = await read();
      if (page.lines.length > 0 || Date.now() >= until || signal.aborted) return page;
      await new Promise((resolve) => setTimeout(resolve, this.#perSecond > 0 ? 5 : 200));
    }
  }
}
