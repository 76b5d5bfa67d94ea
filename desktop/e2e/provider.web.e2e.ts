import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type FakeProvider, startFakeProvider, writeOidcFile } from '#testing/fake-oidc-provider.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

/** There and back several times, each with a page loaded anew. */
test.setTimeout(180_000);

let folder: string;
let provider: FakeProvider;

/** Under another name than the panel, so that to a browser it is another site. */
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-provider-'));
  provider = await startFakeProvider('localhost');
  writeFileSync(join(folder, 'provider.pem'), provider.certificate);
  writeOidcFile(join(folder, 'oidc.json'), provider.issuer);
});
test.afterEach(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});

/** Nobody signed the fake's certificate. */
async function trustAll(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Security.setIgnoreCertificateErrors', { ignore: true });
}

test('signing in at a provider: there and back, and why somebody may not come in', async ({
  launchApp,
  smallProject,
}, info) => {
  const { page, problems } = await launchApp({
    directory: smallProject,
    args: ['--oidc', join(folder, 'oidc.json')],
    env: { NODE_EXTRA_CA_CERTS: join(folder, 'provider.pem') },
  });
  await trustAll(page);
  const enter = page.getByRole('button', { name: 'Sign in with Example' });
  const agree = page.getByRole('link', { name: 'Go on as mina' });
  await expect(enter).toBeVisible();
  await look(page, info.outputPath('provider'));

  provider.twist = { claims: { groups: ['sales'] } };
  await enter.click();
  await agree.click();
  await expect(page.getByRole('alert')).toContainText('Example knows you as mina');
  await look(page, info.outputPath('provider-refused'));

  provider.twist = { instead: ['/token', (response) => response.writeHead(503).end()] };
  await enter.click();
  await agree.click();
  await expect(page.getByRole('alert')).toContainText('Example does not answer as it should');

  provider.twist = {};
  await enter.click();
  await expect(agree).toBeVisible();
  await page.goBack();
  await expect(enter).toBeEnabled();
  await page.goForward();
  await agree.click();
  await expect(page.getByText('mina (Example), operator')).toBeVisible();
  expect(page.url()).not.toMatch(/code|state/);
  await page.reload();
  await expect(page.getByText('mina (Example), operator')).toBeVisible();
  // Browsers write each request that was refused into the console.
  expect(problems.filter((text) => !/40[139]|502/.test(text))).toEqual([]);
});
