import { test as base } from '@playwright/test';
import { startProcess } from './process.ts';
import { ScriptedBackend } from './scripted-backend.ts';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  readonly scripted: { readonly backend: ScriptedBackend; readonly url: string };
}

interface TestFixtures {
  /** A backend that does what the spec says; the page at `baseURL` talks to it. */
  readonly backend: ScriptedBackend;
  /** Errors in the console, violations of the page's policy, exceptions. They fail the test unless it empties the list. */
  readonly problems: string[];
}

/** The real frontend with the built page, before a scripted backend. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  scripted: [
    async ({ browserName: _name }, use) => {
      const backend = new ScriptedBackend();
      const frontend = await startProcess('frontend', {
        BACKEND_URL: await backend.listen(),
        HEALTH_INTERVAL_MS: '2000',
        DRAIN_DELAY_MS: '0',
        LOG_LEVEL: 'info',
      });
      await use({ backend, url: frontend.url });
      await frontend.stop();
      await backend.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ scripted }, use) => {
    await use(scripted.url);
  },
  backend: async ({ scripted }, use) => {
    scripted.backend.reset();
    // The frontend looks at it now and then only: a test before may have had it down.
    await base.expect
      .poll(async () => (await fetch(`${scripted.url}/health/ready`)).status, { timeout: 10_000 })
      .toBe(200);
    await use(scripted.backend);
  },
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on('console', (entry) => {
        if (entry.type() === 'error' || entry.text().includes('Content Security Policy'))
          problems.push(`${entry.text()} ${entry.location().url}`.trimEnd());
      });
      page.on('pageerror', (error) => {
        problems.push(error.message);
      });
      await use(problems);
      base.expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});
