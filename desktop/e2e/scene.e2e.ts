import { look } from './support/look.ts';
import { shopProject } from './support/shop.ts';
import { expect, test } from './support/test.ts';

/** Time for two images to be built from nothing and to get healthy, on a small machine. */
const startMs = 8 * 60_000;

test('start from nothing, watch, follow one request through the logs, stop', async ({ launchApp, driver }, info) => {
  test.setTimeout(startMs + 120_000);
  const shop = await shopProject(driver);
  try {
    const { page, problems } = await launchApp({ directory: shop.directory, env: shop.env });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText(/build/i).first()).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Development');
    await expect(page.getByText('2 of 2 services healthy')).toBeVisible({ timeout: startMs });
    await look(page, info.outputPath('stack'));

    const id = `e2e-${driver}-${String(Date.now())}`;
    expect(await shop.chat('a kettle for pour-over coffee', id)).toContain('answer');

    await page.getByRole('link', { name: 'Logs' }).click();
    await page.getByRole('searchbox', { name: 'Search logs' }).fill(id);
    const lines = page.getByRole('grid', { name: 'Log lines' });
    await expect(lines.getByRole('gridcell', { name: 'backend' }).first()).toBeVisible();
    await expect(lines.getByRole('gridcell', { name: 'frontend' }).first()).toBeVisible();
    await look(page, info.outputPath('logs'));

    await page.getByRole('link', { name: 'Stack' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible({ timeout: 60_000 });
    expect(problems).toEqual([]);
  } finally {
    await shop.remove();
  }
});
