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
