import type { Page } from '@playwright/test';
import { createComposeProject } from '#testing/compose-project.ts';
import { consecutive, flooding, grid, logsOf, numbers, toFirst, toLast } from './support/log-rows.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const lines = 150_000;

const flood = flooding(lines);

test('ten thousand lines a second: the page shows the end, can be stopped anywhere, and nothing is lost', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({ services: { flood } });
  try {
    const { page, problems } = await logsOf(launchApp, project);
    await page.evaluate(() => {
      const long: number[] = [];
      Object.assign(globalThis, { long });
      new PerformanceObserver((list) => {
        long.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    await project.compose('up', '-d');
    await expect.poll(async () => (await numbers(page)).at(-1) ?? 0, { timeout: 60_000 }).toBeGreaterThan(20_000);

    // A press amid the flood stops it, and opens the line that it was on.
    const { x = 0, y = 0, width = 0, height = 0 } = (await grid(page).locator('xpath=..').boundingBox()) ?? {};
    await page.mouse.click(x + width / 2, y + height / 2, { delay: 100 });
    const detail = page.getByRole('complementary', { name: 'Log line' });
    await detail.getByRole('button', { name: 'Close', exact: true }).click();
    // What is in sight stays, whole, and so is what lies above it.
    const stopped = await numbers(page);
    expect(stopped.length).toBeGreaterThan(10);
    expect(stopped).toEqual(consecutive(stopped));
    await grid(page).focus();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('PageUp');
    await expect.poll(async () => (await numbers(page)).at(-1)).toBeLessThan((stopped[0] ?? 0) - 200);
    const above = await numbers(page);
    expect(above).toEqual(consecutive(above));

    await page.getByRole('button', { name: /new lines/ }).click();
    await expect.poll(async () => (await numbers(page)).at(-1), { timeout: 60_000 }).toBe(lines - 1);
    const end = await numbers(page);
    expect(end).toEqual(consecutive(end));
    await expect(page.getByText(/150,000 lines held since .* · nothing dropped/)).toBeVisible();

    expect(await heapBytes(page)).toBeLessThan(30e6);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1500);
    const long = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
    await info.attach('tasks over 50 ms', { body: JSON.stringify(long), contentType: 'application/json' });
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

test('lines of 16 KiB: the page holds as many as there is memory for, and reads the others again', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  const script = `for (let n = 0; n < 2000; n += 1) console.log(JSON.stringify({ level: 30, msg: 'long', n, pad: 'x'.repeat(16000) }));
    setInterval(() => {}, 1e6)`;
  const project = await createComposeProject({ services: { long: { ...flood, command: ['node', '-e', script] } } });
  try {
    const { page, problems } = await logsOf(launchApp, project);
    await project.compose('up', '-d');
    await expect.poll(async () => (await numbers(page)).at(-1), { timeout: 60_000 }).toBe(1999);
    await toFirst(page);
    expect(await heapBytes(page)).toBeLessThan(30e6);
    await toLast(page, 1999);
    expect(await heapBytes(page)).toBeLessThan(30e6);
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});

test('a service that is recreated keeps its history, a row says what happened, and its new errors are told', async ({
  launchApp,
}, info) => {
  test.setTimeout(180_000);
  const says = (text: readonly string[]) => ({
    image: 'node:24-bookworm-slim',
    init: true,
    stop_grace_period: '1s',
    command: ['node', '-e', `${JSON.stringify(text)}.forEach(l => console.log(l)); setInterval(() => {}, 1e6)`],
  });
  const error = (msg: string) => JSON.stringify({ level: 50, msg });
  const project = await createComposeProject({
    services: { api: says(['the first one speaks', error('order 1 failed')]) },
  });
  try {
    await project.compose('up', '-d');
    const { page, problems } = await logsOf(launchApp, project);
    const rows = grid(page).getByRole('row');
    await expect(rows.filter({ hasText: 'the first one speaks' })).toBeVisible();
    await project.write('compose.yaml', {
      services: { api: says(['the second one speaks', error('order 2 failed'), error('price is missing')]) },
    });
    await project.compose('up', '-d');
    await expect(rows.filter({ hasText: 'the second one speaks' })).toBeVisible({ timeout: 30_000 });
    const texts = await rows.allTextContents();
    const places = ['the first one speaks', 'was recreated', 'the second one speaks'].map((wanted) =>
      texts.findIndex((text) => text.includes(wanted)),
    );
    expect(places).toEqual([0, 2, 3]);

    const strip = page.getByRole('region', { name: 'New errors' });
    await strip
      .getByRole('button', { name: /^1 kind of error is new with what runs now, which was started at/ })
      .click();
    await page.getByRole('button', { name: 'info', exact: false }).first().click();
    await expect(rows.filter({ hasText: 'price is missing' })).toHaveCount(0);
    await look(page, info.outputPath('new-errors'));
    await strip.getByRole('button', { name: /price is missing/ }).click();
    await expect(page.locator('[role="row"][class*="active"]')).toContainText('price is missing');
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
