import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { shopProject } from './support/shop.ts';

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

/** Takes the page in both themes and lets axe look at it; in legacy mode, as the double cannot open a second page. */
async function look(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    await page.screenshot({ path: `${path}-${colorScheme}.png` });
  }
}
