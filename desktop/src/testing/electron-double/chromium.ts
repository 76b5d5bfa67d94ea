import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { chromiumArguments, chromiumPath } from '../chromium.ts';
import { beforeExit } from './lifetime.ts';

/** A browser of its own, with the address at which a test can attach to it. */
export interface OwnBrowser {
  readonly context: BrowserContext;
  readonly endpoint: string;
}

/** Starts Chromium without a screen, in a profile that goes away with the double. */
export async function launchChromium(width: number, height: number): Promise<OwnBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'quayside-double-'));
  beforeExit(() => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    return Promise.resolve();
  });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    viewport: { width, height },
    args: [...chromiumArguments, '--remote-debugging-port=0'],
  });
  beforeExit(() => context.close());
  const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  return { context, endpoint: `http://127.0.0.1:${port}` };
}
