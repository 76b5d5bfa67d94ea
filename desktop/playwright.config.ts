import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { AppOptions } from './e2e/support/test.ts';

/** Electron fetches its binary on first use; where it has not, its project is left out rather than failed. */
function electronIsInstalled(): boolean {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  return existsSync(pathFile) && existsSync(join(folder, 'dist', readFileSync(pathFile, 'utf8')));
}

/** Specs that look at what the app asks of the desktop, which only the double records. */
const doubleOnly = '**/*.double.e2e.ts';
/** Specs of what only the web host has, such as a panel that several people share, and long ones that one host is enough for. */
const webOnly = '**/*.web.e2e.ts';

/** Specs of what is the same on every host, from the contract to the page. The double repeats them with `npm test -- --whole`. */
const sameEverywhere = [
  'activity',
  'builds',
  'health',
  'log-past',
  'logs',
  'others',
  'releases',
  'risks',
  'usage',
  'waiting',
];
const onlyOnWeb = process.env['QUAYSIDE_WHOLE'] === undefined ? sameEverywhere.map((name) => `**/${name}.e2e.ts`) : [];

/** The same specs on every host: they import `test` from e2e/support/test.ts and start the app with `launchApp`. */
export default defineConfig<AppOptions>({
  testDir: './e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './e2e/engine-calls.config.ts',
  outputDir: './test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  projects: [
    { name: 'web', use: { driver: 'web' }, testIgnore: doubleOnly },
    { name: 'double', use: { driver: 'double' }, testIgnore: [webOnly, ...onlyOnWeb] },
    ...(electronIsInstalled()
      ? [{ name: 'electron', use: { driver: 'electron' as const }, testIgnore: [doubleOnly, webOnly] }]
      : []),
  ],
});
