import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMonitor } from '../health/monitor.ts';
import { createBaseApp } from '../http/app.ts';
import { errorHandler, notFound } from '../http/errors.ts';
import { createLimitedServer, listen } from '../http/server.ts';
import { createLogger } from '../logging/logger.ts';
import { outboundFetch } from '../outbound/fetch.ts';
import { createLifecycle } from '../process/lifecycle.ts';
import { captureLines } from '../testing/capture.ts';
import { startFakeCollector } from '../testing/fake-collector.ts';
import { hang, startFaultyServer } from '../testing/faulty-server.ts';
import { startTracing } from './tracing.ts';

const parent = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const traceparent = `00-${parent.traceId}-${parent.spanId}-01`;

let collector: Awaited<ReturnType<typeof startFakeCollector>>;
let other: Awaited<ReturnType<typeof startFaultyServer>>;
beforeEach(async () => {
  [collector, other] = await Promise.all([startFakeCollector(), startFaultyServer()]);
});
afterEach(async () => {
  await Promise.all([collector.stop(), other.stop()]);
});

const setting = (url: string) => ({ otelExporterOtlpEndpoint: url, environment: 'production' }) as const;

/** A traced service with one route that calls another system, and one that fails. */
async function serve(collectorUrl: string) {
  const tracing = await startTracing('test', '1.2.3', setting(collectorUrl));
  const logger = createLogger({ service: 's', version: '1', level: 'info', destination: captureLines() });
  const monitor = await startMonitor([], { intervalMs: 2000, timeoutMs: 1000 }, () => undefined);
  const app = createBaseApp({
    config: { trustProxy: 0 },
    version: '1',
    lifecycle: createLifecycle(),
    monitor,
    metrics: undefined,
    tracing,
    accessLogger: logger,
  });
  app.get('/things/:id', async (_request, response) => {
    await outboundFetch(`${other.url}/elsewhere?private=1`);
    response.json({});
  });
  app.get('/broken', () => {
    throw new Error('broken');
  });
  app.use(notFound, errorHandler(logger));
  const server = createLimitedServer(app);
  const port = await listen(server, '127.0.0.1', 0);
  const stop = async () => {
    monitor.stop();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await tracing?.stop();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

test('a request is a span below the one that it names, and above the request that is made for it', async () => {
  const service = await serve(collector.url);
  const headers = { traceparent, tracestate: 'x=1', 'x-correlation-id': 'traced-request' };
  expect((await fetch(`${service.url}/things/7?q=secret`, { headers })).status).toBe(200);
  await service.stop();
  const [outgoing, incoming] = collector.spans;
  expect(collector.spans).toHaveLength(2);
  expect(incoming).toMatchObject({
    ...{ traceId: parent.traceId, parentSpanId: parent.spanId, name: 'GET /things/:id', service: 'shop-test' },
    attributes: { 'http.route': '/things/:id', 'http.response.status_code': 200, 'correlation.id': 'traced-request' },
  });
  expect(outgoing).toMatchObject({
    ...{ traceId: parent.traceId, parentSpanId: incoming?.spanId, name: 'GET' },
    attributes: { 'url.path': '/elsewhere', 'http.response.status_code': 200 },
  });
  const sent = other.seen[0]?.headers;
  expect(sent?.['traceparent']).toBe(`00-${parent.traceId}-${outgoing?.spanId ?? ''}-01`);
  expect([sent?.['tracestate'], sent?.['x-correlation-id']]).toEqual(['x=1', 'traced-request']);
  expect(JSON.stringify(collector.spans)).not.toMatch(/secret|private/);
});

test('without a parent a trace begins; an error is marked; health makes no span', async () => {
  const service = await serve(collector.url);
  for (const path of ['/broken', '/health/live', '/nowhere']) {
    await (await fetch(service.url + path, { headers: { traceparent: 'nonsense' } })).text();
  }
  await service.stop();
  expect(collector.spans.map(({ name, parentSpanId, status }) => [name, parentSpanId, status.code])).toEqual([
    ['GET /broken', undefined, 2],
    ['GET', undefined, 0],
  ]);
});

test('a collector that hangs delays no request, and the end by two seconds at most', async () => {
  collector.behave(hang);
  const service = await serve(collector.url);
  for (let count = 0; count < 50; count += 1) {
    await (await fetch(`${service.url}/things/1`, { signal: AbortSignal.timeout(30_000) })).text();
  }
  const begun = performance.now();
  await service.stop();
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('without a collector nothing of OpenTelemetry’s SDK is loaded', async () => {
  const module = fileURLToPath(new URL('tracing.ts', import.meta.url));
  const script = `import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) { process.stdout.write(url + '\\n'); return next(url, context); } });
    const { startTracing } = await import(${JSON.stringify(module)});
    await startTracing('s', '1', { environment: 'production', otelExporterOtlpEndpoint: process.argv[1] });`;
  const loaded = async (...endpoint: string[]) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, ...endpoint]);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    await once(child, 'close');
    return out.split('\n');
  };
  const opentelemetry = (urls: string[]) => urls.filter((url) => url.includes('/node_modules/@opentelemetry/')).length;
  expect(opentelemetry(await loaded())).toBe(0);
  expect(opentelemetry(await loaded('http://127.0.0.1:9'))).toBeGreaterThan(10);
});
