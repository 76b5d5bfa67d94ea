import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Frame, JSHandle, Page } from '@playwright/test';
import { createComposeProject, webService } from '#testing/compose-project.ts';
import { registryLogin, startLocalRegistry } from '#testing/registry/local-registry.ts';
import { expect, test } from './support/test.ts';

test('the page sees nothing of Node, Electron or the bridge', async ({ launchApp, smallProject }) => {
  const { page } = await launchApp({ directory: smallProject });
  const leaks = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__doubleSend', '__doubleReceive'].filter(
      (name) => name in window,
    ),
  );
  expect(leaks).toEqual([]);
});

/** Sends ports to the page as `frame`, with a call waiting on each; gives a function that tells how many were answered. */
async function offer(frame: Frame, message: string, count: number): Promise<JSHandle<() => number>> {
  return frame.evaluateHandle(
    ([text, ports]) => {
      let answered = 0;
      const channels = Array.from({ length: ports }, () => new MessageChannel());
      for (const { port1 } of channels) {
        port1.onmessage = () => {
          answered += 1;
        };
        port1.postMessage('{"i":"1","p":{"u":"/system/hello"}}');
      }
      const given = channels.map(({ port2 }) => port2);
      window.top?.postMessage(text, '*', given);
      return () => answered;
    },
    [message, count] as const,
  );
}

/** Whether any of the offered ports is served. A good port that is offered later and answered shows that it is too late. */
async function isServed(page: Page, frame: Frame, message: string, count: number): Promise<boolean> {
  const suspect = await offer(frame, message, count);
  const good = await offer(page.mainFrame(), 'quayside:connect', 1);
  await expect.poll(() => good.evaluate((answered) => answered()), { timeout: 30_000 }).toBe(1);
  return (await suspect.evaluate((answered) => answered())) > 0;
}

test('one port from the page itself is served, anything else is not', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const attached = page.waitForEvent('frameattached');
  await page.evaluate(() => {
    document.body.append(document.createElement('iframe'));
  });
  const inner = await attached;
  expect(await isServed(page, page.mainFrame(), 'quayside:connect', 1)).toBe(true);
  expect(await isServed(page, inner, 'quayside:connect', 1)).toBe(false);
  expect(await isServed(page, page.mainFrame(), 'quayside:connect', 2)).toBe(false);
  expect(await isServed(page, page.mainFrame(), 'quayside:other', 1)).toBe(false);
  expect(problems).toEqual([]);
});

test('links leave for the browser only when they are known; the page goes nowhere', async ({
  launchApp,
  smallProject,
}) => {
  const { page, calls } = await launchApp({ directory: smallProject });
  // The address is the page's own once the panel is drawn.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const address = page.url();
  for (const url of ['https://docs.docker.com/compose/', 'https://evil.example/', 'http://localhost:8501/']) {
    await page.evaluate((target) => window.open(target), url);
  }
  const opened = (api: string) => calls.filter((call) => call.api === api).map((call) => call.args[0]);
  await expect.poll(() => opened('window.open')).toHaveLength(3);
  expect(opened('shell.openExternal')).toEqual(['https://docs.docker.com/compose/', 'http://localhost:8501/']);
  await page.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await expect.poll(() => opened('will-navigate')).toEqual(['https://evil.example/']);
  expect(page.url()).toBe(address);
});

test('the panel comes back after its engine process crashed', async ({ launchApp, smallProject }) => {
  const { page, problems, desktop } = await launchApp({ directory: smallProject });
  const name = page.getByText(basename(smallProject), { exact: true }).first();
  await expect(name).toBeVisible();
  desktop({ kind: 'crash-engine' });
  await page.reload();
  await expect(name).toBeVisible();
  expect(problems).toEqual([]);
});

test('the menu and links lead to pages, and do nothing else', async ({ launchApp, smallProject }) => {
  const { page, problems, calls, desktop } = await launchApp({ directory: smallProject });
  const current = page.getByRole('navigation').locator('[aria-current="page"]');
  await expect(current).toHaveText('Stack');
  desktop({ kind: 'choose', of: 'menu', path: ['View', 'Logs'] });
  await expect(current).toHaveText('Logs');
  desktop({ kind: 'start-again', args: ['quayside://open/releases?env=development'] });
  await expect(current).toHaveText('Releases');
  desktop({ kind: 'start-again', args: ['quayside://open/rollback'] });
  desktop({ kind: 'choose', of: 'menu', path: ['help', 'Diagnostics…'] });
  await expect(page).toHaveURL(/#\/diagnostics/);
  const led = calls.filter(({ api }) => api === 'loadURL').map(({ args }) => args[0]);
  expect(led).toEqual([
    'app://quayside/#/logs',
    'app://quayside/#/releases?env=development',
    'app://quayside/#/diagnostics',
  ]);
  expect(problems).toEqual([]);
});

test('a window comes back where it was, a link opens its page at the start', async ({ launchApp, smallProject }) => {
  const state = mkdtempSync(join(tmpdir(), 'qs-test-window-'));
  const kept = join(state, 'electron', 'window.json');
  mkdirSync(join(state, 'electron'));
  writeFileSync(kept, JSON.stringify({ x: 40, y: 30, width: 900, height: 700, maximized: true }));
  const env = { QUAYSIDE_STATE_DIR: state };
  const { page, close } = await launchApp({ directory: smallProject, env, args: ['quayside://open/health'] });
  await expect(page.getByRole('navigation').locator('[aria-current="page"]')).toHaveText('Health');
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 700]);
  writeFileSync(kept, 'torn');
  await close();
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ x: 40, y: 30, width: 900, height: 700, maximized: true });
  rmSync(state, { recursive: true });
});

test('a login for a registry is kept by the keychain, outlives the app, and ends when somebody signs out', async ({
  launchApp,
  smallProject,
}) => {
  test.setTimeout(120_000);
  const registry = await startLocalRegistry({ login: true });
  const state = mkdtempSync(join(tmpdir(), 'qs-test-logins-'));
  const env = { QUAYSIDE_STATE_DIR: state, DOCKER_CONFIG: state };
  const secrets = (): string => readFileSync(join(state, 'electron', 'secrets.json'), 'utf8');
  const first = await launchApp({ directory: smallProject, env, args: ['quayside://open/settings'] });
  const card = first.page.getByRole('region', { name: 'Registry logins' });
  const fill = async (password: string): Promise<void> => {
    await card.getByLabel('Registry', { exact: true }).fill(registry.host);
    await card.getByLabel('User name at the registry').fill(registryLogin.username);
    await card.getByLabel('Password or access token').fill(password);
    await card.getByRole('button', { name: 'Sign in' }).click();
  };
  await fill('another-password');
  await expect(card.getByText(`${registry.host} does not accept this user name with this password.`)).toBeVisible();
  await fill(registryLogin.password);
  await expect(card.getByText('Signed in here')).toBeVisible();
  await expect(card.getByText('encrypted by the system')).toBeVisible();
  expect(secrets()).toContain(`registry:${registry.host}`);
  expect(secrets()).not.toContain(registryLogin.password);
  expect(await first.page.content()).not.toContain(registryLogin.password);
  expect(first.problems).toEqual([]);
  await first.close();
  const { page, problems } = await launchApp({ directory: smallProject, env, args: ['quayside://open/settings'] });
  await page.getByRole('button', { name: `Sign out of ${registry.host}` }).click();
  await expect(page.getByText('Signed in here')).toHaveCount(0);
  expect(secrets()).not.toContain(registry.host);
  expect(problems).toEqual([]);
  await registry.dispose();
  rmSync(state, { recursive: true });
});

test('the menu and the icon in the bar speak the language that is chosen in the panel', async ({
  launchApp,
  smallProject,
}) => {
  const args = ['quayside://open/settings'];
  const { page, problems, calls, desktop } = await launchApp({ directory: smallProject, args });
  const last = (api: string): string => JSON.stringify(calls.findLast((call) => call.api === api)?.args[0]);
  const said = () => `${last('Menu.setApplicationMenu')} ${last('tray.setContextMenu')} ${last('tray.setToolTip')}`;
  await expect.poll(said, { timeout: 30_000 }).toMatch(/"View".*"Open Quayside".*: Not started yet/);
  // Not `check`, which looks afterwards for what is called something else by then.
  await page.getByRole('radio', { name: 'Deutsch' }).click({ force: true });
  await expect.poll(said).toMatch(/"Ansicht".*"Quayside öffnen".*: Noch nicht gestartet/);
  expect(said()).toContain('"Beenden"');
  desktop({ kind: 'choose', of: 'menu', path: ['Ansicht', 'Gesundheit'] });
  await expect(page.getByRole('heading', { level: 1, name: 'Gesundheit' })).toBeVisible();
  desktop({ kind: 'crash-engine' });
  await expect.poll(said, { timeout: 30_000 }).toContain('Quayside sucht die Docker Engine.');
  await expect.poll(said, { timeout: 30_000 }).toContain('Noch nicht gestartet');
  expect(problems).toEqual([]);
});

test('the icon in the bar says how the stack is, starts it and stops it', async ({ launchApp }) => {
  test.setTimeout(180_000);
  const project = await createComposeProject({ services: { web: webService() } });
  const env = { COMPOSE_PROJECT_NAME: project.name };
  const { page, problems, calls, desktop } = await launchApp({ directory: project.directory, env });
  const said = () => calls.findLast(({ api }) => api === 'tray.setToolTip')?.args[0];
  const menu = () => calls.findLast(({ api }) => api === 'tray.setContextMenu')?.args[0];
  const ofPages = ['Open Quayside', 'Logs', 'Releases'];
  await expect
    .poll(menu, { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^\[.*\]$/), ...ofPages, 'Start', 'Quit']);
  desktop({ kind: 'choose', of: 'tray', path: ['Start'] });
  await expect.poll(said, { timeout: 60_000 }).toMatch(/1 of 1 services? (?:runs|running|healthy)/);
  await expect.poll(menu).toEqual([expect.stringMatching(/^\[.*\]$/), ...ofPages, 'Stop', 'Quit']);
  desktop({ kind: 'crash-engine' });
  await expect.poll(said, { timeout: 30_000 }).toBe('Quayside looks for the engine.');
  await expect.poll(menu, { timeout: 30_000 }).toContain('Stop');
  desktop({ kind: 'choose', of: 'tray', path: ['Stop'] });
  await expect.poll(menu, { timeout: 60_000 }).toContain('Start');
  desktop({ kind: 'choose', of: 'tray', path: ['Logs'] });
  await expect(page.getByRole('navigation').locator('[aria-current="page"]')).toHaveText('Logs');
  expect(problems).toEqual([]);
  await project.remove();
});
