import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumPath, stillArguments } from '../chromium.ts';
import { pictureFile, picturesFolder } from './guide-pictures.ts';
import { startStillPanel } from './still-panel.ts';
import { showView, viewNames, views } from './views.ts';

// Makes the pictures of the user guide from the built panel over made-up data, the same each time. Run: npm run pictures

/** Time for what moves to have come to rest, in milliseconds. */
const restMs = 500;

const panel = await startStillPanel();
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...stillArguments] });
let bytes = 0;
try {
  await rm(picturesFolder, { recursive: true, force: true });
  await mkdir(picturesFolder, { recursive: true });
  const context = await browser.newContext({
    colorScheme: 'light',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    viewport: { width: 1040, height: 640 },
  });
  for (const name of viewNames) {
    const page = await context.newPage();
    await showView(page, panel.port, views[name]);
    await page.waitForTimeout(restMs);
    const path = join(picturesFolder, pictureFile(name));
    await page.screenshot({ path, animations: 'disabled' });
    bytes += (await stat(path)).size;
    await page.close();
  }
} finally {
  await browser.close();
  await panel.close();
}
console.log(`${viewNames.length} pictures, ${Math.round(bytes / 1000)} kB, in ${picturesFolder}`);
