import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { built } from './support/app.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

/** Each password that is tried takes tenths of a second of a processor that is not busy. */
test.setTimeout(180_000);

const password = 'seven blue herons';
let folder: string;
let users: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-sharing-'));
  users = join(folder, 'users.json');
});
test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

function command(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [built('hosts', 'cli.js'), 'users', ...args, '--users', users],
    {
      input: `${password}\n`,
      encoding: 'utf8',
    },
  );
  expect(`${String(status)} ${stderr}`).toBe('0 ');
}

async function signIn(page: Page, name: string, secret = password): Promise<void> {
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a shared panel: signing in, what a viewer sees, and being sent out', async ({
  launchApp,
  smallProject,
}, info) => {
  command('add', 'vera', '--role', 'viewer');
  const { page, problems } = await launchApp({ directory: smallProject, args: ['--users', users] });
  await expect(page.getByRole('heading', { name: 'Sign in to Quayside' })).toBeVisible();
  await look(page, info.outputPath('sign-in'));
  await page.setViewportSize({ width: 320, height: 640 });
  await look(page, info.outputPath('sign-in-narrow'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 720 });

  await signIn(page, 'vera', 'not the password');
  await expect(page.getByRole('alert')).toHaveText('The user name or the password is not right.', { timeout: 60_000 });
  await signIn(page, 'vera');
  await expect(page.getByText('vera, viewer')).toBeVisible({ timeout: 60_000 });
  expect(page.url()).not.toContain('vera');
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeDisabled();
  await expect(start).toHaveAttribute('title', 'Needs the role operator');
  await page.reload();
  await expect(start).toBeDisabled();

  await page.getByRole('link', { name: 'Activity' }).click();
  await page.getByRole('radio', { name: 'All projects' }).check();
  const came = page.getByRole('listitem').filter({ hasText: /Sign in\s*vera, browser at 127\.0\.0\.1/ });
  await expect(came).toHaveText([/Done/, /Failed/]);
  await look(page, info.outputPath('activity'));

  await page.getByRole('link', { name: 'Settings' }).click();
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await look(page, info.outputPath('sessions'));

  command('role', 'vera', '--role', 'operator');
  await expect(page.getByRole('heading', { name: 'Sign in to Quayside' })).toBeVisible();
  await signIn(page, 'vera');
  await expect(page.getByText('vera, operator')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Stack' }).click();
  await expect(start).toBeEnabled();
  await page.getByRole('link', { name: 'Settings' }).click();
  await sessions.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Quayside' })).toBeVisible();
  // Browsers write each request that was refused into the console.
  expect(problems.filter((text) => !/401|Authentication failed/.test(text))).toEqual([]);
});
