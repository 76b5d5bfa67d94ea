import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { axeFindings } from '#testing/axe-findings.ts';

/** From now on nothing moves or fades: what is half there, such as a notice that comes while axe looks, has no contrast yet. */
const holdStill = `
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { animation: none !important; transition: none !important; }');
  document.adoptedStyleSheets.push(still);
`;

/** Takes the page in both themes and lets axe look at it; in legacy mode, as the double cannot open a second page. */
export async function look(page: Page, path: string): Promise<void> {
  await page.evaluate(holdStill);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(axeFindings(violations)).toEqual([]);
    await page.screenshot({ path: `${path}-${colorScheme}.png` });
  }
}
