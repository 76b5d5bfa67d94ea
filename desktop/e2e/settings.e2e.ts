import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

test('a theme is chosen, shown at once, and kept', async ({ launchApp, smallProject }, info) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByText('The engine answers.')).toBeVisible();
  await look(page, info.outputPath('settings'));

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  const themes = page.getByRole('group', { name: 'Theme' });
  await themes.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(themes.getByRole('radio', { name: 'Dark' })).toBeChecked();
  expect(await background()).toBe(dark);
  await themes.getByRole('radio', { name: 'System' }).check({ force: true });
  await expect.poll(background).toBe(light);
  expect(problems).toEqual([]);
});

test('what is chosen for logs is how their page opens, and its own button still changes it', async ({
  launchApp,
  smallProject,
}) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('checkbox', { name: 'Wrap long lines' }).check();
  await page.getByRole('checkbox', { name: 'Somebody else changes the stack' }).uncheck();
  await page.getByRole('link', { name: 'Logs' }).click();
  const wrap = page.getByRole('button', { name: 'Wrap long lines' });
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  expect(page.url()).not.toContain('wrap');
  await wrap.click();
  await expect(wrap).toHaveAttribute('aria-pressed', 'false');
  await expect(page).toHaveURL(/wrap=false/);
  await page.reload();
  await expect(wrap).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('checkbox', { name: 'Somebody else changes the stack' })).not.toBeChecked();
  expect(problems).toEqual([]);
});

test('what was chosen is there in another window of another host, and each hears of the other', async ({
  launchApp,
  smallProject,
  driver,
}) => {
  test.setTimeout(150_000);
  const chosen = async (page: Page) => {
    await page.getByRole('link', { name: 'Settings' }).click();
    return page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'Dark' });
  };
  const one = await launchApp({ directory: smallProject });
  await one.page.getByRole('button', { name: 'Skip the tour' }).click();
  const dark = await chosen(one.page);
  await dark.check({ force: true });
  await one.page.getByRole('checkbox', { name: 'Wrap long lines' }).check();

  const other = await launchApp({ directory: smallProject });
  await expect(await chosen(other.page)).toBeChecked();
  await expect(other.page.getByRole('checkbox', { name: 'Wrap long lines' })).toBeChecked();
  await expect(other.page.getByRole('button', { name: 'Skip the tour' })).toHaveCount(0);
  // Two web hosts have two addresses, between which a browser shares nothing.
  const hosts = [one, other].map(({ page }) => new URL(page.url()).host);
  expect(new Set(hosts).size).toBe(driver === 'web' ? 2 : 1);

  await other.page.getByRole('radio', { name: 'Light' }).check({ force: true });
  await expect(dark).not.toBeChecked();
  expect([...one.problems, ...other.problems]).toEqual([]);
});

test('settings that are not understood are kept aside, and the page says so', async ({
  launchApp,
  smallProject,
}, info) => {
  const state = mkdtempSync(join(tmpdir(), 'qs-test-state-'));
  try {
    writeFileSync(join(state, 'settings.json'), '{"version":1,"settings":');
    const { page, problems } = await launchApp({ directory: smallProject, env: { QUAYSIDE_STATE_DIR: state } });
    await page.getByRole('link', { name: 'Settings' }).click();
    await expect(page.getByText('These are not the settings that were kept')).toBeVisible();
    await expect(page.getByText(/settings\.json\.corrupt-\d+/)).toBeVisible();
    await look(page, info.outputPath('not-understood'));
    await page.getByRole('checkbox', { name: 'Wrap long lines' }).check();
    await expect.poll(() => existsSync(join(state, 'settings.json'))).toBe(true);
    expect(problems).toEqual([]);
  } finally {
    rmSync(state, { recursive: true });
  }
});
