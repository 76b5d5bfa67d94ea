import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { sentences } from '#api/sentences.ts';
import { createComposeProject } from '#testing/compose-project.ts';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { testEngine } from '#testing/docker-cli.ts';
import { built, type RunningApp } from '../e2e/support/app.ts';
import { launchWeb } from '../e2e/support/web-driver.ts';
import { median, printTable, report, told } from './support/measure.ts';

/** What the panel costs as a page: its size, its first paint, what somebody does with 50 services, and nobody with 10 containers. */
const manyServices = 50;
const fewServices = 10;
const loads = 5;
const turns = 10;
/** For what a turn has set off to end. */
const restMs = 300;
/** After so long without a move the panel takes it that nobody looks; see `use-usage`. */
const untilIdleMs = 125_000;
const idleMs = 30_000;

/** In the page: how long each input took until the frame that shows what it did; shorter ones than 16 ms are not told. */
const inputWatcher = `
  globalThis.inputs = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) inputs.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });
`;

/** In each page from its beginning: when the first service was painted, on the clock of the page. */
const rowWatcher = `
  globalThis.rows = new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    const look = () => {
      if (document.querySelector('main tbody tr')) channel.port2.postMessage(0);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
`;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

interface Part {
  readonly bytes: number;
  /** Of scripts that hold the words of one language. */
  readonly language: string | undefined;
}

async function partOf(file: string): Promise<Part> {
  const bytes = gzipSync(await readFile(file)).length;
  if (!file.endsWith('.js')) return { bytes, language: undefined };
  const { sources } = JSON.parse(await readFile(`${file}.map`, 'utf8')) as { sources: readonly string[] };
  const spoken = new Set(sources.flatMap((source) => /\/words\/(en|de)\//.exec(source)?.[1] ?? []));
  if (spoken.size > 1) throw new Error(`${file} holds the words of several languages.`);
  return { bytes, language: [...spoken][0] };
}

const bytesOf = (parts: readonly Part[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);

/** All that a page can come to load, in each language. */
async function benchBundle(): Promise<void> {
  const folder = built('renderer', 'assets');
  const files = (await readdir(folder)).filter((name) => /\.(?:js|css)$/.test(name));
  const parts = await Promise.all(files.map((name) => partOf(join(folder, name))));
  const others = bytesOf(parts.filter(({ language }) => language === undefined));
  for (const [one, name] of [
    ['en', 'English'],
    ['de', 'German'],
  ] as const) {
    const words = bytesOf(parts.filter(({ language }) => language === one));
    const extra = `of these ${(words / 1000).toFixed(1)} KB of words`;
    report(`page bundle in ${name}, gzip`, (others + words) / 1000, 350, 'KB', extra);
  }
  const sent = Buffer.byteLength(JSON.stringify(sentences.de));
  told('sentences of the core in German, asked for by a page that has connected', sent / 1000, 'KB', 'as sent');
}

interface Running {
  readonly app: RunningApp;
  readonly proxy: CutProxy;
}

/** A panel on a project of so many services that run and have nothing to do. */
async function withPanel(services: number, work: (running: Running) => Promise<void>): Promise<void> {
  const one = {
    image: 'node:24-bookworm-slim',
    network_mode: 'none',
    stop_grace_period: '0s',
    command: ['sh', '-c', 'for n in $$(seq 100); do echo line $$n; done; exec sleep 3600'],
  };
  const names = Array.from({ length: services }, (_, index) => `s${String(index).padStart(2, '0')}`);
  const project = await createComposeProject({ services: Object.fromEntries(names.map((name) => [name, one])) });
  const proxy = await startCutProxy(testEngine());
  try {
    await project.compose('up', '-d');
    const env = { COMPOSE_PROJECT_NAME: project.name, DOCKER_HOST: proxy.url };
    const app = await launchWeb({ directory: project.directory, env });
    try {
      await app.page.getByText(`${services} of ${services} services running`).waitFor();
      await work({ app, proxy });
    } finally {
      await app.close();
    }
  } finally {
    await proxy.dispose();
    await project.remove();
  }
}

async function benchLoads(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.addInitScript(rowWatcher);
  const paints: number[] = [];
  const rows: number[] = [];
  for (let load = 0; load < loads; load += 1) {
    await page.reload();
    paints.push(await page.evaluate<number>(firstPaint));
    rows.push(await page.evaluate<number>('rows'));
    await pause(restMs);
  }
  report('first paint on the web host, nothing cached', median(paints), 1000, 'ms', `median of ${loads}`);
  told(`the same until ${manyServices} services are there`, median(rows), 'ms', `median of ${loads}`);
}

/** Does something several times; tells the longest that an input took until it was painted. */
async function slowest(page: Page, what: string, turn: (index: number) => Promise<void>): Promise<void> {
  await page.evaluate('inputs.length = 0');
  for (let index = 0; index < turns; index += 1) {
    await turn(index);
    await pause(restMs);
  }
  const inputs = await page.evaluate<number[]>('inputs');
  const extra = `slowest of ${turns}, ${manyServices} services`;
  report(`${what}, input to painted`, Math.max(16, ...inputs), 100, 'ms', extra);
}

const pages = ['health', 'releases', 'builds', 'configuration', 'activity', 'settings', 'logs', 'stack'] as const;

/** Found by selectors, which cost the page next to nothing: a look for roles would be measured as well. */
async function benchInteractions(page: Page): Promise<void> {
  await page.evaluate(inputWatcher);
  const menu = page.locator('[role=menu]');
  await slowest(page, "open and close a service's menu", async (index) => {
    const row = index * Math.floor(manyServices / turns);
    await page.locator('main td button[aria-haspopup=menu]').nth(row).click();
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
  });
  const palette = page.locator('[role=dialog] [role=combobox]');
  await slowest(page, 'open the palette, type in it, close it', async () => {
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('s1');
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });
  await slowest(page, 'change the page', async (index) => {
    const path = pages[index % pages.length] ?? 'stack';
    await page.locator(`nav a[href="/#/${path}"]`).click();
    await page.locator(`nav a[href="/#/${path}"][aria-current=page]`).waitFor();
  });
  await page.locator('nav a[href="/#/logs"]').click();
  await page.locator('[role=grid]').waitFor();
  const services = page.locator('main button[aria-pressed]').filter({ hasText: /^s\d\d$/ });
  await slowest(page, 'toggle a service in the filter of the logs', async (index) => {
    await services.nth(index).click();
  });
}

const ticksPerSecond = 100;

/** Processor seconds that the core has taken so far; Linux tells it in ticks. */
async function coreSeconds({ pid }: RunningApp): Promise<number> {
  const fields = (await readFile(`/proc/${String(pid)}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function pageSeconds({ page }: RunningApp): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The browser is gone.');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

interface Share {
  readonly share: number;
  readonly extra: string;
}

/** Percent of a core that a panel takes which is left alone. */
async function shareOf({ app, proxy }: Running): Promise<Share> {
  proxy.takeRequests();
  const before = { core: await coreSeconds(app), page: await pageSeconds(app), at: performance.now() };
  await pause(idleMs);
  const seconds = (performance.now() - before.at) / 1000;
  const core = ((await coreSeconds(app)) - before.core) / seconds;
  const page = ((await pageSeconds(app)) - before.page) / seconds;
  const asked = proxy.takeRequests().length;
  const parts = `core ${(core * 100).toFixed(2)} %, page ${(page * 100).toFixed(2)} %`;
  return { share: (core + page) * 100, extra: `${parts}; ${asked} requests to the engine in ${idleMs / 1000} s` };
}

async function benchIdle(running: Running): Promise<void> {
  await pause(restMs * 10);
  const live = await shareOf(running);
  told(`panel in sight, ${fewServices} containers, somebody is there`, live.share, '% of a core', live.extra);
  await pause(untilIdleMs - idleMs);
  const idle = await shareOf(running);
  report(`idle panel in sight, ${fewServices} containers`, idle.share, 1, '% of a core', idle.extra);
}

await benchBundle();
await withPanel(manyServices, async ({ app: { page } }) => {
  await benchLoads(page);
  await benchInteractions(page);
});
await withPanel(fewServices, benchIdle);
printTable();
