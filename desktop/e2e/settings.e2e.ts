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
