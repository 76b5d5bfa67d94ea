import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ShorteningProxy {
  /** `unix://…` address to connect to instead of the engine. */
  readonly url: string;
  dispose(): Promise<void>;
}

const HEADER_BYTES = 8;

/** The first frames of a log, in pieces as they come; ends behind the last of them. */
async function* firstFrames(body: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  let left = count;
  for await (const piece of body) {
    bytes = Buffer.concat([bytes, piece]);
    let at = 0;
    while (left > 0 && bytes.length - at >= HEADER_BYTES) {
      const size = HEADER_BYTES + bytes.readUInt32BE(at + 4);
      if (bytes.length - at < size) break;
      at += size;
      left -= 1;
    }
    if (at > 0) yield bytes.subarray(0, at);
    if (left === 0) return;
    bytes = bytes.subarray(at);
  }
}

/**
 * A relay in front of an engine that ends answers with logs early, in order, as some that stand between do when what is
 * behind them fails. `keeps` says how many frames of one are handed on; undefined for all.
 */
export async function startShorteningProxy(
  engineUrl: string,
  keeps: (query: URLSearchParams) => number | undefined,
): Promise<ShorteningProxy> {
  const engine = new URL(engineUrl);
  const target =
    engine.protocol === 'unix:' ? { socketPath: engine.pathname } : { host: engine.hostname, port: engine.port };
  const server = createServer((asked, answer) => {
    const { method, url = '', headers } = asked;
    const { pathname, searchParams } = new URL(url, 'http://engine');
    const most = pathname.endsWith('/logs') ? keeps(searchParams) : undefined;
    const behind = request({ ...target, method, path: url, headers }, (response) => {
      const { connection: _, ...rest } = response.headers;
      answer.writeHead(response.statusCode ?? 502, rest);
      if (most === undefined) {
        response.pipe(answer);
        return;
      }
      const handOn = async (): Promise<void> => {
        for await (const piece of firstFrames(response, most)) answer.write(piece);
        answer.end();
      };
      handOn().catch(() => answer.destroy());
    });
    behind.on('error', () => answer.destroy());
    answer.on('close', () => behind.destroy());
    asked.pipe(behind);
  });
  const path = join(tmpdir(), `quayside-shorten-${process.pid}-${performance.now()}.sock`);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  return {
    url: `unix://${path}`,
    async dispose() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
