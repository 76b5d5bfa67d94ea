import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Waits until nothing moves or fades any more: what is half there has no contrast yet. */
export async function still(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate('document.getAnimations().filter((one) => one.playState === "running").length'))
    .toBe(0);
}

/** Takes the page in both themes and lets axe look at it; in legacy mode, as the double cannot open a second page. */
export async function look(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    await page.screenshot({ path: `${path}-${colorScheme}.png` });
  }
}
