import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What comes to an end and has not yet; what turns for ever does not count. */
const moving = `document.getAnimations().filter((one) =>
  one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity).length`;

/**
 * Takes the page in both themes and lets axe look at it; in legacy mode, as the double cannot open a second page. Nothing fades
 * meanwhile: what is half there, as a notice that comes just now, has no contrast yet.
 */
export async function look(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect.poll(() => page.evaluate(moving)).toBe(0);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    await page.screenshot({ path: `${path}-${colorScheme}.png` });
  }
  await page.emulateMedia({ reducedMotion: 'no-preference' });
}
