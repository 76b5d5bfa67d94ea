import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { type StillPanel, startStillPanel } from '#testing/panel-dev/still-panel.ts';
import { comparedNames, comparedViews, showView } from '#testing/panel-dev/views.ts';

const letters = fileURLToPath(
  import.meta.resolve('@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2'),
);
const ownLetters = `
@font-face { font-family: "Letters"; src: url("/letters.woff2"); font-weight: 400 700; }
:root { --font-ui: "Letters"; --font-mono: "Letters"; }
`;

/** Gives the page letters that are the same on every machine, in place of the system's own. */
async function withOwnLetters(page: Page, port: number): Promise<void> {
  const font = await readFile(letters);
  await page.route('**/letters.woff2', (route) => route.fulfill({ body: font, contentType: 'font/woff2' }));
  await page.route('**/*.css', async (route) => {
    // Only a browser knows that names ending in localhost are this machine.
    const response = await route.fetch({ url: `http://127.0.0.1:${port}${new URL(route.request().url()).pathname}` });
    await route.fulfill({ response, body: `${await response.text()}${ownLetters}` });
  });
}

const test = base.extend<object, { panel: StillPanel }>({
  panel: [
    async ({ browser: _browser }, use) => {
      const panel = await startStillPanel();
      await use(panel);
      await panel.close();
    },
    { scope: 'worker' },
  ],
});

for (const theme of ['light', 'dark'] as const)
  test.describe(theme, () => {
    test.use({ colorScheme: theme });
    for (const name of comparedNames)
      test(name, async ({ page, panel }) => {
        await withOwnLetters(page, panel.port);
        await showView(page, panel.port, comparedViews[name]);
        await expect(page).toHaveScreenshot(`${name}-${theme}.png`);
      });
  });
