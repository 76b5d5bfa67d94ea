import { defineConfig } from '@playwright/test';
import { chromiumPath, stillArguments } from './src/testing/chromium.ts';

/** Compares the panel over made-up data with how it looked before. Needs the build and a browser, no engine. */
export default defineConfig({
  testDir: './snapshots',
  testMatch: '*.snapshot.ts',
  outputDir: './test-results/snapshots',
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  timeout: 30_000,
  expect: { timeout: 10_000, toHaveScreenshot: { scale: 'device', maxDiffPixels: 0 } },
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    // Enough to see what has moved or changed its colour, in a quarter of the bytes.
    deviceScaleFactor: 0.5,
    locale: 'en-GB',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: chromiumPath(),
      // Machines smooth and align letters in ways of their own.
      args: [
        ...stillArguments,
        '--font-render-hinting=none',
        '--disable-lcd-text',
        '--disable-font-subpixel-positioning',
      ],
    },
  },
});
