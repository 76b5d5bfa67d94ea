import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

/** Writes what its standard input is given, so that a test decides what is logged when. */
const echo = (service: string, lines: readonly (object | string)[]) => ({
  image: 'node:24-bookworm-slim',
  init: true,
  stop_grace_period: '1s',
  command: [
    'node',
    '-e',
    `${JSON.stringify(lines)}.forEach(l => console.log(typeof l === 'string' ? l : JSON.stringify({ service: '${service}', ...l }))); setInterval(() => {}, 1e6)`,
  ],
});

const request = (n: number, status: number) => ({
  level: status >= 500 ? 50 : 30,
  msg: status >= 500 ? 'answer failed' : 'answered',
  path: n % 2 === 0 ? '/api/chat' : '/health',
  res: { statusCode: status },
  n,
  reqId: `req-${n}`,
});
const hostile = [
  '<img src=x onerror="document.title=1">',
  '\u001b[31mred\u001b[0m \u001b]52;c;aGk=\u0007clipboard \u202eright to left',
  '\u0000\u0001binary\u0007 noise',
];
const stack = ['TypeError: no price', '    at rank (/app/rank.ts:12:9)', '    at answer (/app/chat.ts:40:3)'];

const project = () =>
  createComposeProject({
    services: {
      api: echo('api', [
        ...Array.from({ length: 40 }, (_, n) => request(n, n % 10 === 7 ? 503 : 200)),
        {
          level: 50,
          msg: 'llm failed',
          reqId: 'req-7',
          err: { type: 'AbortError', stack: 'AbortError: x\n    at ask (/llm.ts:1)' },
        },
        ...stack,
        ...hostile,
      ]),
      web: echo(
        'web',
        Array.from({ length: 40 }, (_, n) => ({ level: 30, msg: 'proxied', n, reqId: `req-${n}` })),
      ),
    },
  });

// Of all tests here: they only read what it has logged.
let shop: ComposeProject;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  shop = await project();
  await shop.compose('up', '-d');
});

test.afterAll(() => shop.remove());

const rows = (page: Page) => page.getByRole('grid', { name: 'Log lines' }).getByRole('row');
const detail = (page: Page) => page.getByRole('complementary', { name: 'Log line' });

test('filter by typing and by click, go from match to match, follow a request, export, share the view', async ({
  launchApp,
}, info) => {
  test.setTimeout(180_000);
  const { page, problems } = await launchApp({
    directory: shop.directory,
    env: { COMPOSE_PROJECT_NAME: shop.name },
  });
  page.setDefaultTimeout(15_000);
  await page.getByRole('link', { name: 'Logs' }).click();
  const box = page.getByRole('searchbox', { name: 'Search logs' });
  const api = page.getByRole('button', { name: 'api', exact: true });
  await api.click();
  await expect(rows(page).filter({ hasText: 'noise' })).toBeVisible();
  // What was logged is text: nothing of it acts, and what a terminal would do is gone.
  await expect(rows(page).filter({ hasText: '<img src=x onerror="document.title=1">' })).toBeVisible();
  await expect(rows(page).filter({ hasText: 'red clipboard ⟨U+202E⟩right to left' })).toBeVisible();
  await look(page, info.outputPath('all'));
  await api.click();

  await box.fill('status>=500 "answer failed"');
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByText('4 matches')).toBeVisible();
  await box.fill('status>=');
  await expect(page.getByRole('alert')).toContainText('A value is missing');
  await expect(rows(page)).toHaveCount(4);
  await look(page, info.outputPath('mistake'));
  await box.fill('status>=500');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await box.press('Enter');
  await expect(box).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Remove filter status>=500' })).toBeVisible();

  await rows(page).filter({ hasText: 'req-7' }).filter({ hasText: 'answer failed' }).click();
  await expect(detail(page)).toBeFocused();
  await detail(page).getByRole('button', { name: 'Column path' }).click();
  await detail(page).getByRole('button', { name: 'Leave out lines with n=7', exact: true }).click();
  await expect(rows(page)).toHaveCount(3);
  await detail(page).getByTitle('Only lines with path=/health').click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first().getByRole('gridcell', { name: '/health' })).toBeVisible();
  await look(page, info.outputPath('detail'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Log lines' })).toBeFocused();
  await page.keyboard.press('Home');

  const link = page.url();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await box.fill('answer failed');
  await page.getByRole('button', { name: 'only matches' }).click();
  await expect(page.getByText('4 matches')).toBeVisible();
  const active = page.locator('[role="row"][class*="active"]');
  // From the line that was chosen above, that of req-17, to the last.
  await box.press('Enter');
  await expect(active).toContainText('req-27');
  await box.press('Shift+Enter');
  await expect(active).toContainText('req-17');
  await page.getByRole('button', { name: 'Next match (Enter)' }).click();
  await expect(active).toContainText('req-27');
  await page.getByRole('grid', { name: 'Log lines' }).press('n');
  await expect(active).toContainText('req-37');
  await box.press('Enter');
  await expect(page.getByText('no later match')).toBeVisible();

  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Remove filter path=/health' })).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Remove column path' })).toBeVisible();

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await box.fill('req-7 or id=req-7');
  await rows(page).getByRole('button', { name: 'req-7' }).first().click();
  const trace = page.getByRole('complementary', { name: 'Request' });
  await expect(trace).toBeFocused();
  await expect(trace.getByText(/^3 lines of 2 services in /)).toBeVisible();
  await expect(trace.getByRole('list', { name: 'Lines of this request' }).getByRole('listitem')).toHaveCount(3);
  await trace.getByRole('button', { name: /llm failed/ }).click();
  await expect(detail(page).getByRole('region', { name: 'err.stack' })).toContainText('at ask (/llm.ts:1)');
  await look(page, info.outputPath('request'));
  await page.reload();
  await expect(trace.getByText(/^3 lines of 2 services in /)).toBeVisible();
  await expect(detail(page).getByRole('region', { name: 'err.stack' })).toBeVisible();
  await trace.getByRole('button', { name: 'Close request' }).click();
  await detail(page).getByRole('button', { name: 'Close', exact: true }).click();

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await api.click();
  await rows(page).filter({ hasText: 'at rank' }).click();
  await expect(detail(page)).toContainText(stack.join('\n'));
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await box.fill('answer failed');
  await expect(page.getByText('4 matches')).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.ndjson$/);
  const exported = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
  expect(exported.map((text) => JSON.parse(text) as { correlationId: string })).toMatchObject(
    [7, 17, 27, 37].map((n) => ({ correlationId: `req-${n}` })),
  );
  await expect(page.getByText('4 lines saved as newline-delimited JSON')).toBeVisible();
  expect(problems).toEqual([]);
});

test('time: bars that narrow, a jump, wrapped lines; a file is written as lines come', async ({ launchApp }, info) => {
  test.setTimeout(120_000);
  const { page, problems } = await launchApp({
    directory: shop.directory,
    env: { COMPOSE_PROJECT_NAME: shop.name },
  });
  // The file that the browser would let its user choose: one of the page's own.
  await page.evaluate(() => {
    Object.assign(window, {
      showSaveFilePicker: async () => (await navigator.storage.getDirectory()).getFileHandle('lines', { create: true }),
    });
  });
  page.setDefaultTimeout(15_000);
  await page.getByRole('link', { name: 'Logs' }).click();
  await expect(rows(page).first()).toBeVisible();
  const bars = page.getByRole('list', { name: /^Lines per/ }).getByRole('button');
  await expect(bars.first()).toBeVisible();
  await bars.first().focus();
  await page.keyboard.press('Enter');
  const range = page.getByRole('button', { name: /^Remove filter \d\d:\d\d:\d\d to / });
  await expect(range).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await range.click();

  await page.getByRole('button', { name: 'Time', exact: true }).click();
  const jump = page.getByRole('textbox', { name: 'Jump to time' });
  await jump.fill('soon');
  await jump.press('Enter');
  await expect(page.getByText('This is no time.')).toBeVisible();
  await look(page, info.outputPath('time'));
  await jump.fill('00:00');
  await jump.press('Enter');
  await expect(page.getByRole('button', { name: 'Follow', exact: true })).toHaveAttribute('aria-pressed', 'false');
  expect(page.url()).toContain('at=');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
  await expect(rows(page).first()).toBeVisible();
  await look(page, info.outputPath('wrapped'));
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  expect(page.url()).not.toContain('at=');

  await page.getByRole('button', { name: 'Other ways to export' }).click();
  await page.getByRole('button', { name: 'All lines as JSON into a file…' }).click();
  await expect(page.getByText(/^\d+ lines saved as newline-delimited JSON$/)).toBeVisible();
  const written = await page.evaluate(async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('lines');
    return (await handle.getFile()).text();
  });
  const lines = written.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(40 + 1 + stack.length + hostile.length + 40);
  for (const text of lines) expect(JSON.parse(text)).toHaveProperty('seq');
  expect(problems).toEqual([]);
});
