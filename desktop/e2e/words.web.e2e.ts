import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const words = (language: string) => new RegExp(`/assets/${language}-[^/]+\\.js$`);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** The languages whose words the page fetches from now on. */
function fetchedBy(page: Page): Set<string> {
  const fetched = new Set<string>();
  page.on('request', (request) => {
    for (const language of ['en', 'de']) if (words(language).test(request.url())) fetched.add(language);
  });
  return fetched;
}

async function remember(page: Page, language: string): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem('quayside.language', chosen);
  }, language);
}

test('a page fetches the words of the language that it speaks, and no others', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  await page.getByRole('link', { name: 'Settings' }).click();
  const fetched = fetchedBy(page);
  await page.reload();
  await expect(heading(page, 'Settings')).toBeVisible();
  expect([...fetched]).toEqual(['en']);

  await page.getByRole('group', { name: 'Language' }).getByRole('radio', { name: 'Deutsch' }).click({ force: true });
  await expect(heading(page, 'Einstellungen')).toBeVisible();
  expect([...fetched]).toEqual(['en', 'de']);

  fetched.clear();
  await page.reload();
  await expect(heading(page, 'Einstellungen')).toBeVisible();
  expect([...fetched]).toEqual(['de']);
  expect(problems).toEqual([]);
});

test('what is open is told anew when another window chooses a language', async ({ launchApp, smallProject }) => {
  const file = 'services:\n  web:\n    image: qs-test-none\n    cap_add: [SYS_TIME]\n';
  await writeFile(join(smallProject, 'docker-compose.dev.yml'), file);
  const { page, problems } = await launchApp({ directory: smallProject });
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeEnabled();
  // A window that this one opens is let in as this one is.
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => {
    window.open('/#/settings');
  });
  const other = await opened;
  const choose = async (group: string, name: string) => {
    await other.getByRole('group', { name: group }).getByRole('radio', { name }).click({ force: true });
  };
  await expect(heading(other, 'Settings')).toBeVisible();

  await start.click();
  const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(question).toContainText('has the further capability SYS_TIME');
  await expect(question).toContainText(/^Start .+\?/);
  await choose('Language', 'Deutsch');
  await expect(question).toContainText(/^.+ starten\?/);
  await expect(question.getByRole('button', { name: 'Abbrechen' })).toBeVisible();
  await expect(question.getByRole('button', { name: 'Starten', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option', { name: /^Einstellungen/ })).toBeVisible();
  await choose('Sprache', 'English');
  await expect(page.getByRole('option', { name: /^Settings/ })).toBeVisible();
  expect(problems).toEqual([]);
});

test('where the words of a language cannot be fetched the page begins in the other one', async ({
  launchApp,
  smallProject,
}) => {
  const { page } = await launchApp({ directory: smallProject });
  await page.getByRole('link', { name: 'Settings' }).click();
  await remember(page, 'de');
  await page.route(words('de'), (route) => route.abort());
  await page.reload();
  await expect(heading(page, 'Settings')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

const missing = [
  { what: 'any words', file: /\/assets\/(?:en|de)-[^/]+\.js$/ },
  { what: 'the panel', file: /\/assets\/panel-[^/]+\.js$/ },
];
for (const { what, file } of missing) {
  test(`a page without ${what} says so, and can be loaded again where it was`, async ({
    launchApp,
    smallProject,
  }, info) => {
    const { page } = await launchApp({ directory: smallProject });
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(heading(page, 'Settings')).toBeVisible();
    await page.route(file, (route) => route.abort());
    await page.reload();
    await expect(heading(page, 'A part of Quayside could not be loaded')).toBeInViewport();
    await look(page, info.outputPath('unloaded'));
    await page.unroute(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(heading(page, 'Settings')).toBeVisible();
    await expect(heading(page, 'A part of Quayside could not be loaded')).toBeHidden();
  });
}
