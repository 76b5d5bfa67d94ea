import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { states } from './support/states.ts';
import { expect, test } from './support/test.ts';

const themes = ['light', 'dark'] as const;

/** What axe finds; of the second theme only the colours, for nothing else differs. */
async function violations(page: Page, theme: (typeof themes)[number]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  // The other mode opens a page of its own for every run, to look into frames; there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations: found } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The elements that are wider than the place they have, of the page and of an open dialog. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ tagName, scrollWidth, clientWidth }) => `${tagName} ${scrollWidth} > ${clientWidth}`),
  );

const moving = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);

for (const { name, reach, complains } of states) {
  test(`${name}: no accessibility problem in either theme, fits every width, can stand still`, async ({
    page,
    backend,
    problems,
  }) => {
    await page.goto('/');
    await reach(page, backend);
    for (const theme of themes) expect(await violations(page, theme), theme).toEqual([]);
    for (const width of [320, 768, 1600]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await tooWide(page), `${width} px`).toEqual([]);
    }
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving(page)).toBe(0);
    if (complains === true) problems.length = 0;
  });
}
