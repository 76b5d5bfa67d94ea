import type { LogLevel, LogLine, LogPage, LogQuery } from '#contract/index.ts';

const samples: [LogLevel, string, Record<string, unknown>][] = [
  [
    'info',
    'request completed',
    { req: { method: 'POST', url: '/api/chat' }, res: { statusCode: 200 }, responseTime: 41 },
  ],
  ['info', 'proxied', { path: '/api/chat', status: 200, ms: 44 }],
  ['warn', 'vector store slow', { latency_ms: 812, budget_ms: 500 }],
  [
    'error',
    'llm timeout after 8 s',
    { provider: 'openai', attempt: 2, err: { type: 'AbortError', message: 'aborted' } },
  ],
  ['info', 'answered from the embedded store', { products: 3, abstained: false }],
  ['debug', 'cache miss', { key: 'emb:7f3a' }],
];
const hostile = [
  '<img src=x onerror="document.title=1"> plain text with markup',
  '\u001b[31mred\u001b[0m \u001b]52;c;aGk=\u0007 clipboard \u202Eright to left\u0007 bell',
  `{"level":30,"msg":"<script>alert(1)</script>","__proto__":{"x":1},"long":${'9'.repeat(20)}}`,
  'not JSON at all',
];

function lineAt(seq: number, from: number): LogLine {
  const time = new Date(from + seq * 20).toISOString().replace('Z', '000000Z');
  const name = seq % 3 === 1 ? 'frontend' : 'backend';
  const base = { seq, time, service: name, container: `shop-dev-${name}-1`, stream: 'stdout' as const };
  const odd = seq % 97 === 0 ? hostile[(seq / 97) % hostile.length] : undefined;
  if (odd !== undefined) return { ...base, level: 'none', text: odd };
  if (seq % 400 === 0) return { ...base, stream: 'marker', level: 'none', text: 'was restarted' };
  const [level, msg, fields] = samples[(seq * 5 + (seq >> 2)) % samples.length] ?? ['info', '', {}];
  const correlationId = `req-7f3a${Math.floor(seq / 3)}`;
  const text = JSON.stringify({
    level: 30,
    time: Date.parse(time),
    pid: 1,
    hostname: 'a1b2',
    msg,
    ...fields,
    reqId: correlationId,
  });
  return { ...base, level, text, correlationId };
}

/** A log of `count` made-up lines that grows by `perSecond`. */
export class FakeLogs {
  readonly #lines: LogLine[];
  readonly #from = Date.now() - 17 * 60_000;
  readonly #born = Date.now();
  readonly #perSecond: number;

  constructor(count: number, perSecond: number) {
    this.#perSecond = perSecond;
    this.#lines = Array.from({ length: count }, (_, index) => lineAt(index + 1, this.#from));
  }

  #grow(): void {
    const wanted = Math.floor(((Date.now() - this.#born) / 1000) * this.#perSecond);
    for (let grown = this.#grown; grown < wanted; grown += 1)
      this.#lines.push(lineAt(this.#lines.length + 1, this.#from));
    this.#grown = Math.max(this.#grown, wanted);
  }

  #grown = 0;

  #page({ filter, after, limit }: LogQuery): LogPage {
    this.#grow();
    const search = filter.search.toLowerCase();
    const pattern = /^\/(.+)\/$/.exec(filter.search)?.[1];
    const has =
      pattern === undefined
        ? (text: string) => text.toLowerCase().includes(search)
        : (text: string) => new RegExp(pattern, 'i').test(text);
    const match = ({ service, level, text, correlationId }: LogLine) =>
      (filter.services.length === 0 || filter.services.includes(service)) &&
      (filter.levels.length === 0 || filter.levels.includes(level)) &&
      (filter.correlationId === undefined || filter.correlationId === correlationId) &&
      has(text);
    const all = (after === undefined ? this.#lines : this.#lines.slice(after)).filter(match);
    const lines = after === undefined ? all.slice(-limit) : all.slice(0, limit);
    const more = all.length > limit;
    const counts = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, none: 0 };
    for (const { level } of this.#lines) counts[level] += 1;
    const [oldest] = this.#lines;
    const cursor = more && after !== undefined ? (lines.at(-1)?.seq ?? 0) : this.#lines.length;
    return {
      lines,
      cursor,
      dropped: 0,
      held: this.#lines.length,
      counts,
      more,
      ...(oldest === undefined ? {} : { since: oldest.time }),
    };
  }

  async read(query: LogQuery, signal: AbortSignal | undefined): Promise<LogPage> {
    const until = Date.now() + query.waitMs;
    for (;;) {
      const page = this.#page(query);
      if (page.lines.length > 0 || Date.now() >= until || signal?.aborted === true) return page;
      await new Promise((resolve) => setTimeout(resolve, this.#perSecond > 0 ? 5 : 200));
    }
  }
}
