import { once } from 'node:events';
import { createServer } from 'node:net';
import autocannon from 'autocannon';
import { z } from 'zod';
import { report, start } from './start.ts';

/** How long readiness takes to be told while a dependency takes connections and never answers. */
const path = '/health/ready';
const connections = 10;
const seconds = 5;
const budgetMs = 20;

const hole = createServer(() => undefined).listen(0, '127.0.0.1');
await once(hole, 'listening');
const { port } = z.object({ port: z.number() }).parse(hole.address());
const settings = { OPENAI_API_KEY: 'a-key-for-nobody-at-all', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
const backend = await start('../src/main.ts', '/health/live', settings);
try {
  const url = backend.origin + path;
  const answer = await (await fetch(url)).text();
  if (!answer.includes('"error"')) throw new Error(`the black hole was not noticed: ${answer}`);
  await autocannon({ url, connections, duration: 2 });
  const { latency, requests, errors } = await autocannon({ url, connections, duration: seconds });
  if (errors > 0) throw new Error(`${errors} requests failed`);
  report(
    'readiness with a black hole, p99',
    latency.p99,
    budgetMs,
    `p50 ${latency.p50} ms; ${requests.average.toFixed(0)} requests/s at ${connections} connections`,
  );
} finally {
  backend.stop();
  hole.close();
}
