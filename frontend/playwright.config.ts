import { defineConfig } from '@playwright/test';

/** The page in the machine's Chromium, served by the real frontend. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  projects: [
    { name: 'build', testMatch: 'build.setup.ts' },
    { name: 'page', testMatch: '**/*.e2e.ts', dependencies: ['build'] },
  ],
  use: {
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      // No sandbox of its own (test machines run as root or in containers), and nothing that asks the network.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
