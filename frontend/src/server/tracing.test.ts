import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startTracing } from '@shop/service/telemetry/tracing';
import { startFakeCollector } from '@shop/service/testing/fake-collector';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { startForTest } from './testing/frontend.ts';

const listening = z.object({ port: z.number() });

/** The backend as a process of its own, as it runs beside the frontend. */
async function startBackend(collector: string) {
  const main = fileURLToPath(new URL('../../../backend/src/main.ts', import.meta.url));
  const env = { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: collector };
  const child = spawn(process.execPath, ['--conditions=shop-source', main], { env });
  for await (const line of createInterface(child.stdout)) {
    const { success, data } = listening.safeParse(JSON.parse(line));
    if (!success) continue;
    child.stdout.resume();
    const stop = async () => {
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    };
    return { url: `http://127.0.0.1:${data.port}`, stop };
  }
  throw new Error('the backend never listened');
}

test('one trace goes from the caller through the frontend to the backend', async () => {
  const collector = await startFakeCollector();
  const setting = { environment: 'production', otelExporterOtlpEndpoint: collector.url } as const;
  const tracing = await startTracing('frontend', '1', setting);
  const backend = await startBackend(collector.url);
  const frontend = await startForTest({ backendUrl: backend.url }, tracing);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  expect((await fetch(`${frontend.url}/api/products?limit=1`, { headers })).status).toBe(200);
  await frontend.stop();
  await Promise.all([tracing?.stop(), backend.stop()]);
  const span = (service: string) => collector.spans.find((one) => one.service === service);
  expect(span('shop-frontend')).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' });
  expect(span('shop-backend')).toMatchObject({
    ...{ traceId, parentSpanId: span('shop-frontend')?.spanId, name: 'GET /api/products' },
  });
  await collector.stop();
});
