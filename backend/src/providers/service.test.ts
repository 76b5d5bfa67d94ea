import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { answer, type Behaviour, hang, reset } from '@shop/service/testing/faulty-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { embeddedCatalogue, loadCatalogue } from '../catalogue/load.ts';
import type { Config } from '../config.ts';
import { parseEvents, postChat } from '../testing/events.ts';
import { type Fakes, providerConfig, quietLogger, startFakes } from '../testing/providers.ts';
import { startForTest } from '../testing/service.ts';
import { indexCatalogue } from './index-catalogue.ts';

let fakes: Fakes;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  fakes = await startFakes();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await fakes.stop();
});

async function start(settings: Partial<Config>) {
  const service = await startForTest({ healthIntervalMs: 100, healthTimeoutMs: 500, ...settings });
  stops.push(() => service.stop());
  return service;
}

const silenceMs = 5000;
const withOpenAi = () => start({ ...fakes.settings.openai, llmSilenceMs: silenceMs });

async function withEverything() {
  const settings = { ...fakes.settings.google, ...fakes.settings.pinecone };
  await indexCatalogue(providerConfig(settings), await loadCatalogue(embeddedCatalogue), quietLogger().logger);
  return await start({ ...settings, providerTimeoutMs: 30_000, llmSilenceMs: 30_000 });
}

const chatAnswer = z.object({
  answer: z.string().min(1),
  sources: z.array(z.object({ id: z.string() })),
  abstained: z.boolean(),
  degraded: z.boolean(),
});

const question = { message: 'a tent for two people' };

async function ask(service: { readonly url: string }, headers: Record<string, string> = {}) {
  const response = await postChat(`${service.url}/api/chat`, question, { accept: 'application/json', ...headers });
  return { status: response.status, body: chatAnswer.parse(await response.json()) };
}

const readiness = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string(), error: z.string().optional() })),
});

async function ready(service: { readonly url: string }) {
  const response = await fetch(`${service.url}/health/ready`);
  return { status: response.status, body: readiness.parse(await response.json()) };
}

describe('with all providers', () => {
  test('searches in Pinecone, answers with the model, streams it, and is healthy', async () => {
    const service = await withEverything();
    fakes.pinecone.requests.length = 0;
    fakes.google.requests.length = 0;
    const response = await postChat(`${service.url}/api/chat`, question, { 'x-correlation-id': 'asked-by-a-test' });
    const events = parseEvents([await response.text()]);
    expect(events.filter(({ name }) => name === 'token').length).toBeGreaterThan(1);
    expect(events.at(-1)).toMatchObject({ name: 'done', data: { abstained: false, degraded: false } });
    // Health asks on its own.
    const asked = [...fakes.google.requests, ...fakes.pinecone.requests].filter(
      ({ url }) => !/\/(models|describe_index_stats)$/.test(url.pathname),
    );
    expect(asked.map(({ url }) => url.pathname)).toEqual([
      expect.stringMatching(/gemini-embedding-001:(batchE|e)mbedContents?$/),
      '/v1beta/models/gemini-flash-latest:streamGenerateContent',
      '/data/query',
    ]);
    for (const { headers } of asked) expect(headers['x-correlation-id']).toBe('asked-by-a-test');
    await expect.poll(async () => (await ready(service)).body.status).toBe('healthy');
    expect(service.lines.join('')).not.toContain(fakes.key);
  });

  test('all of them down: searches and answers by itself, says so, and is degraded but ready', async () => {
    const service = await withEverything();
    for (const fake of [fakes.google, fakes.pinecone]) fake.behave(reset);
    const { status, body } = await ask(service);
    expect([status, body.degraded, body.abstained]).toEqual([200, true, false]);
    expect(body.sources.length).toBeGreaterThan(0);
    for (let count = 0; count < 5; count += 1) await ask(service);
    await expect
      .poll(async () => (await ready(service)).body.checks)
      .toMatchObject({
        embedder: { status: 'degraded', error: expect.stringContaining('google embeddings is not asked') as string },
        llm: { status: 'degraded', error: expect.stringContaining('google chat is not asked') as string },
      });
    expect((await ready(service)).status).toBe(200);
    expect((await ready(service)).body.status).toBe('degraded');
  });
});

describe('what a model says', () => {
  test('cites nothing that was not found, whatever it was talked into', async () => {
    const service = await withOpenAi();
    fakes.openai.control.script = () => 'The rules are off. Buy gold [[gold-bar]].';
    const { status, body } = await ask(service);
    expect([status, body.degraded]).toEqual([200, true]);
    expect(body.answer).not.toContain('gold');
    expect(body.sources.map(({ id }) => id)).not.toContain('gold-bar');
    for (let count = 0; count < 10; count += 1) await ask(service);
    fakes.openai.control.script = () => '[[none]]';
    expect((await ask(service)).body).toMatchObject({ abstained: true, degraded: false, sources: [] });
  });

  test('may break off: what came stays, the rest is the shop’s own', async () => {
    const service = await withOpenAi();
    fakes.openai.control.cut = { after: 8, then: 'reset' };
    const { status, body } = await ask(service);
    expect([status, body.degraded]).toEqual([200, true]);
    expect(body.answer).toContain('I was interrupted');
  });
});

const storms: readonly (readonly [string, Behaviour])[] = [
  ['hangs', hang],
  ['resets', reset],
  ['answers 500', answer(500, '{}')],
  ['answers 429', answer(429, '{}', { 'retry-after': '30' })],
  ['answers 401', answer(401, '{}')],
  ['answers nonsense', answer(200, '<html>')],
];

test.each(storms)(
  '200 requests while the provider %s: all answered, soon without asking it',
  async (_name, fault) => {
    const service = await withOpenAi();
    fakes.openai.behave(fault);
    const before = fakes.openai.seen.length;
    const times: number[] = [];
    const client = async () => {
      for (let count = 0; count < 10; count += 1) {
        const begun = performance.now();
        const { status, body } = await ask(service);
        times.push(performance.now() - begun);
        expect([status, body.degraded]).toEqual([200, true]);
      }
    };
    await Promise.all(Array.from({ length: 20 }, client));
    expect(times).toHaveLength(200);
    // One round of 20 may be under way before the circuit opens, and health asks on its own.
    const calls = fakes.openai.seen.slice(before).filter(({ method }) => method === 'POST').length;
    expect(calls).toBeLessThan(60);
    times.sort((a, b) => a - b);
    // A provider that hangs is waited for in the first round only.
    expect(times[100]).toBeLessThan(silenceMs / 2);
    const errors = service.lines.filter((line) => line.includes('"level":50'));
    expect(errors).toEqual([]);
    await expect.poll(async () => (await ready(service)).body.checks['llm']?.status).toBe('degraded');
    expect((await ready(service)).status).toBe(200);
  },
  30_000,
);

test('without keys nothing of the providers is loaded', async () => {
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context); } });`;
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const loader = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
  const child = spawn(process.execPath, ['--conditions=shop-source', loader, main], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0' },
  });
  const loaded: string[] = [];
  createInterface(child.stderr).on('line', (line) => loaded.push(line));
  for await (const line of createInterface(child.stdout)) if (line.includes('listening on port')) break;
  child.kill('SIGKILL');
  expect(loaded.filter((url) => url.endsWith('/providers/parts.ts'))).toHaveLength(1);
  expect(loaded.filter((url) => /node_modules\/(ai|@ai-sdk|@pinecone-database|cockatiel)\//.test(url))).toEqual([]);
});
