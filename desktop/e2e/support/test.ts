import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { Driver, LaunchOptions, RunningApp } from './app.ts';
import { launchDouble } from './double-driver.ts';
import { launchElectron } from './electron-driver.ts';
import { launchWeb } from './web-driver.ts';

export { expect } from '@playwright/test';

/** Set by the project: which host the specs run on. */
export interface AppOptions {
  readonly driver: Driver;
}

interface AppFixtures {
  /**
   * Starts the app on a project folder, with a state folder of the test's own where `env` names none; everything started is closed
   * after the test.
   */
  readonly launchApp: (options: LaunchOptions) => Promise<RunningApp>;
  /** An empty project: a folder with one compose file whose service is never started. */
  readonly smallProject: string;
}

const launchers: Record<Driver, (options: LaunchOptions) => Promise<RunningApp>> = {
  web: launchWeb,
  double: launchDouble,
  electron: launchElectron,
};

export const test = base.extend<AppFixtures & AppOptions>({
  driver: ['web', { option: true }],
  launchApp: async ({ driver }, use) => {
    const running: RunningApp[] = [];
    const state = mkdtempSync(join(tmpdir(), 'qs-test-state-'));
    await use(async (options) => {
      const app = await launchers[driver]({ ...options, env: { QUAYSIDE_STATE_DIR: state, ...options.env } });
      running.push(app);
      return app;
    });
    for (const app of running) await app.close();
    rmSync(state, { recursive: true });
  },
  smallProject: async ({ driver: _driver }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'qs-test-small-'));
    writeFileSync(join(directory, 'docker-compose.dev.yml'), 'services:\n  web:\n    image: qs-test-none\n');
    await use(directory);
    rmSync(directory, { recursive: true });
  },
});
