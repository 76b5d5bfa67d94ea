import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import express, { type Express } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Dependency, type Monitor, startMonitor } from '../health/monitor.ts';
import { createLogger } from '../logging/logger.ts';
import { createMetrics, serveMetrics } from '../metrics/metrics.ts';
import { createLifecycle, type Lifecycle } from '../process/lifecycle.ts';
import { captureLines } from '../testing/capture.ts';
import { type BaseAppOptions, createBaseApp } from './app.ts';
import { errorHandler, notFound } from './errors.ts';
import { createLoadShed } from './load-shed.ts';
import { limitRate } from './rate-limit.ts';
import { createLimitedServer, drain, listen } from './server.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Options extends Partial<Omit<BaseAppOptions, 'monitor'>> {
  readonly dependencies?: readonly Dependency[];
}

/** A service of its own on a free port; `routes` adds what the test needs. */
async function serve(routes: (app: Express) => void, { dependencies = [], ...more }: Options = {}) {
  const log = captureLines();
  const logger = createLogger({ service: 's', version: '1', level: 'info', destination: log, asTheyAre: true });
  const lifecycle: Lifecycle = createLifecycle();
  const monitor: Monitor = await startMonitor(dependencies, { intervalMs: 2000, timeoutMs: 1000 }, () => undefined);
  const options = {
    config: { trustProxy: 1 },
    version: '1',
    lifecycle,
    monitor,
    metrics: undefined,
    tracing: undefined,
    accessLogger: logger,
  };
  const app = createBaseApp({ ...options, ...more });
  routes(app);
  app.use(notFound, errorHandler(logger));
  const server = createLimitedServer(app);
  const port = await listen(server, '127.0.0.1', 0);
  closers.push(() => {
    monitor.stop();
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${port}`, port, server, lifecycle, log };
}

const problem = z.object({ status: z.number(), code: z.string(), correlationId: z.string() });

describe('rate limit', () => {
  test('refuses one client with 429, tells when to come back, and goes on serving another', async () => {
    const { url } = await serve((app) => {
      app.use(limitRate({ name: 'api', perMinute: 3 }));
      app.get('/', (_request, response) => void response.json({}));
    });
    const ask = (client: string) => fetch(url, { headers: { 'x-forwarded-for': client } });
    const first = await ask('10.0.0.1');
    expect(first.headers.get('ratelimit-policy')).toContain('q=3');
    expect(first.headers.get('ratelimit')).toContain('r=2');
    await ask('10.0.0.1');
    await ask('10.0.0.1');
    const refused = await ask('10.0.0.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(problem.parse(await refused.json())).toMatchObject({ status: 429, code: 'rate_limited' });
    expect((await ask('10.0.0.2')).status).toBe(200);
  });
});

describe('load shedding', () => {
  test('what is too much at once is refused at once, and what runs is finished', async () => {
    const shed = createLoadShed({ maxDelayMs: 60_000, maxRunning: 2 });
    closers.push(shed.stop);
    const release = Promise.withResolvers<undefined>();
    const { url } = await serve((app) => {
      app.use(shed.handler);
      app.get('/', async (_request, response) => {
        await release.promise;
        response.json({});
      });
    });
    const running = [fetch(url), fetch(url)];
    await expect
      .poll(async () => (await fetch(url, { signal: AbortSignal.timeout(200) }).catch(() => undefined))?.status)
      .toBe(503);
    const refused = await fetch(url);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(problem.parse(await refused.json()).code).toBe('overloaded');
    release.resolve(undefined);
    for (const response of await Promise.all(running)) expect(response.status).toBe(200);
    expect((await fetch(url)).status).toBe(200);
  });

  test('a blocked event loop sheds load until it is free again; health answers throughout', async () => {
    const shed = createLoadShed({ maxDelayMs: 100, maxRunning: 1000 });
    closers.push(shed.stop);
    const { url } = await serve((app) => {
      app.use(shed.handler);
      app.get('/', (_request, response) => void response.json({}));
    });
    const end = performance.now() + 1500;
    while (performance.now() < end);
    await expect.poll(async () => (await fetch(url)).status, { interval: 20 }).toBe(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await expect.poll(async () => (await fetch(url)).status, { timeout: 10_000 }).toBe(200);
  });
});

test('metrics count requests by route, tell durations, event loop and heap, on a port of their own', async () => {
  const metrics = createMetrics('s');
  const admin = await serveMetrics(metrics, '127.0.0.1', 0);
  closers.push(() => void admin.close());
  const { url } = await serve((app) => app.get('/things/:id', (_request, response) => void response.json({})), {
    metrics,
  });
  for (const id of ['1', '2', '3']) await (await fetch(`${url}/things/${id}`)).text();
  await (await fetch(`${url}/nowhere`)).text();
  const { port } = z.object({ port: z.number() }).parse(admin.address());
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toContain('http_requests_total{method="GET",route="/things/:id",status="200",service="s"} 3');
  expect(text).toContain('http_requests_total{method="GET",route="other",status="404",service="s"} 1');
  for (const name of [
    'http_request_duration_seconds_bucket',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
  ])
    expect(text).toContain(name);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

test('readiness answers within 20 ms while a dependency is a black hole, and says which one', async () => {
  const hole: Dependency = { name: 'hole', ping: () => new Promise(() => undefined) };
  const { url } = await serve(() => undefined, { dependencies: [hole] });
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    const begun = performance.now();
    const response = await fetch(`${url}/health/ready`);
    const body = z
      .object({ checks: z.record(z.string(), z.object({ status: z.string() })) })
      .parse(await response.json());
    times.push(performance.now() - begun);
    expect([response.status, body.checks['hole']?.status]).toEqual([503, 'unhealthy']);
  }
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(20);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
});

describe('security headers', () => {
  test.each<[string, HelmetOptions | undefined]>([
    ['by default', undefined],
    [
      'with options',
      { contentSecurityPolicy: { directives: { scriptSrc: ["'self'"] } }, strictTransportSecurity: false },
    ],
  ])('are those that helmet itself sets, %s', async (_name, options) => {
    const { url } = await serve((app) => app.get('/', (_request, response) => void response.json({})), {
      ...(options === undefined ? {} : { helmet: options }),
    });
    const plain = express().use(helmet(options));
    plain.get('/', (_request, response) => void response.json({}));
    const reference = createLimitedServer(plain);
    const port = await listen(reference, '127.0.0.1', 0);
    closers.push(() => void reference.close());
    const namesAndValues = async (address: string) => {
      const { headers } = await fetch(address);
      return [...headers].filter(([name]) => !['date', 'x-correlation-id'].includes(name));
    };
    expect(await namesAndValues(url)).toEqual(await namesAndValues(`http://127.0.0.1:${port}`));
  });
});

describe('access log', () => {
  const accessLine = z.object({
    level: z.number(),
    logger: z.literal('access'),
    msg: z.string(),
    correlationId: z.string(),
    request: z.object({ method: z.string(), url: z.string() }),
    response: z.object({ statusCode: z.number() }),
    durationMs: z.number(),
    aborted: z.literal(true).optional(),
  });

  test('one line per request, with the id that the client gave and the level of its outcome; health is quiet', async () => {
    const { url, log } = await serve((app) => app.get('/a/:id', (_request, response) => void response.json({})));
    await fetch(`${url}/health/live`);
    await fetch(`${url}/a/1?q=2`, { headers: { 'x-correlation-id': 'given-by-client' } });
    await fetch(`${url}/nowhere`);
    await expect.poll(() => log.lines.length).toBe(2);
    const [good, bad] = log.lines.map((line) => accessLine.parse(JSON.parse(line)));
    expect(good).toMatchObject({ level: 30, msg: 'GET /a/1?q=2 200', correlationId: 'given-by-client' });
    expect(bad).toMatchObject({ level: 40, msg: 'GET /nowhere 404' });
  });

  test('a client that leaves before it has its answer is told of', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const { url, log } = await serve((app) =>
      app.get('/slow', () => {
        arrived.resolve(undefined);
      }),
    );
    const leave = new AbortController();
    const asked = fetch(`${url}/slow`, { signal: leave.signal }).catch(() => undefined);
    await arrived.promise;
    leave.abort();
    await asked;
    await expect.poll(() => log.lines.length).toBe(1);
    expect(accessLine.parse(JSON.parse(log.lines[0] ?? ''))).toMatchObject({ level: 40, aborted: true });
  });
});

describe('limits and draining', () => {
  test('a client that never finishes its headers is let go', async () => {
    const { server, port } = await serve(() => undefined);
    expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 30_000]);
    server.headersTimeout = 200;
    const socket = connect(port, '127.0.0.1');
    closers.push(() => void socket.destroy());
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toContain('408');
  }, 60_000);

  test('before it stops it is not ready, still serves, and asks to leave the connection; then it refuses', async () => {
    const { url, port, server, lifecycle } = await serve((app) =>
      app.get('/', (_request, response) => void response.json({})),
    );
    lifecycle.beginStop();
    const drained = drain(server, { delayMs: 300, graceMs: 5000 });
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
    const answered = await fetch(url);
    expect([answered.status, answered.headers.get('connection')]).toEqual([200, 'close']);
    await drained;
    const failed = httpRequest({ port, host: '127.0.0.1' });
    failed.end();
    const [error] = (await once(failed, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('what still runs when the grace is over is cut', async () => {
    const { url, server } = await serve((app) => app.get('/', () => undefined));
    const hanging = fetch(url).then(
      () => 'answered',
      () => 'cut',
    );
    await delay(50);
    await drain(server, { delayMs: 0, graceMs: 100 });
    expect(await hanging).toBe('cut');
  });
});
