import { basename } from 'node:path';
import { expect, test } from './support/test.ts';

test('the panel opens on its project, within its policy', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const name = page.getByText(basename(smallProject), { exact: true }).first();
  await expect(name).toBeVisible();
  await expect(page.getByRole('link', { name: 'Stack' })).toBeVisible();
  expect(page.url()).not.toContain('t=');
  await page.reload();
  await expect(name).toBeVisible();
  expect(problems).toEqual([]);
});

test('in a narrow window the page that is shown is in sight among the pages', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const shown = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await shown('Settings').click();
  await expect(heading('Settings')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await expect(shown('Settings')).toBeInViewport({ ratio: 1 });
  await page.reload();
  await expect(heading('Settings')).toBeVisible();
  await expect(shown('Settings')).toBeInViewport({ ratio: 1 });
  await expect(shown('Stack')).not.toBeInViewport();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(heading('Logs')).toBeVisible();
  await expect(shown('Logs')).toBeInViewport({ ratio: 1 });
  expect(problems).toEqual([]);
});
