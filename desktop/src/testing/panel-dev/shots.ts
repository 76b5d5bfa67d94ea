import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { scenes } from './scenes.ts';
import { servePanel } from './server.ts';

// Takes pictures of every scene and looks for accessibility and policy violations. Run: node src/testing/panel-dev/shots.ts OUT [SCENE...]
const [out = 'shots', ...wanted] = process.argv.slice(2);
const views = { light: [1280, 760], dark: [1280, 760], narrow: [390, 800], wide: [1600, 1000] } as const;
const logScenes = new Set(['logs50k', 'busy', 'empty']);
const found: string[] = [];

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(out, `${name}.png`) });
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of violations)
    found.push(
      `${name}: ${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join(' | ')}`,
    );
  const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
  if (typeof wider === 'number' && wider > 0) found.push(`${name}: page is ${wider} px too wide`);
}

async function openScene(context: BrowserContext, port: number, scene: string, label: string): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      found.push(`${label}: console: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => found.push(`${label}: ${error.message}`));
  await page.goto(`http://127.0.0.1:${port}/#t=${scene}`);
  await page.waitForTimeout(600);
  return page;
}

/** Each part of the page, and what opens in it. */
async function lookAtConfiguration(page: Page, label: string): Promise<void> {
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).first().click();
    await page.waitForTimeout(300);
  };
  await page.getByRole('link', { name: 'Configuration' }).click();
  await page.waitForTimeout(300);
  await press('Show the value of API_TOKEN');
  await page.getByText('Used in 2 places').click();
  await press('Add variable');
  await look(page, `${label}-add`);
  await page.keyboard.press('Escape');
  await press('Earlier versions');
  await look(page, `${label}-history`);
  await press('Restore');
  await look(page, `${label}-review`);
  await press('Save');
  await press('Edit as text');
  await look(page, `${label}-text`);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  for (const part of ['Resolved', 'Differences', 'Environments', 'Variables']) {
    await page.getByRole('radio', { name: part }).check({ force: true });
    await page.waitForTimeout(300);
    await look(page, `${label}-${part.toLowerCase()}`);
  }
}

/** What opens over the page, the settings, and the tour. */
async function lookAtFrame(page: Page, label: string): Promise<void> {
  await page.waitForTimeout(3_500);
  await look(page, `${label}-toast`);
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await page.waitForTimeout(300);
  await look(page, `${label}-bell`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(300);
  await look(page, `${label}-palette`);
  await page.keyboard.type('res');
  await look(page, `${label}-found`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.waitForTimeout(300);
  await look(page, `${label}-shortcuts`);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await page.waitForTimeout(300);
  await look(page, `${label}-tour`);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Skip the tour' }).click();
  await page.waitForTimeout(300);
}

const server = await servePanel(join(import.meta.dirname, '../../../out/renderer'), 0);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
await mkdir(out, { recursive: true });
for (const [view, [width, height]] of Object.entries(views)) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: view === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  for (const scene of wanted.length > 0 ? wanted : [...Object.keys(scenes), 'unknown']) {
    const label = `${scene}-${view}`;
    const page = await openScene(context, server.port, scene, label);
    if (scene === 'preflight') await page.getByRole('button', { name: 'Start', exact: true }).click();
    if (scene === 'changed') {
      await look(page, `${label}-page`);
      await page.getByRole('button', { name: 'Apply changes' }).click();
      await page.waitForTimeout(200);
    }
    if (scene.startsWith('releases')) await page.getByRole('link', { name: 'Releases' }).click();
    if (scene === 'alarm') await lookAtFrame(page, label);
    if (scene === 'settings') await page.getByRole('link', { name: 'Settings' }).click();
    if (scene === 'configuration') await lookAtConfiguration(page, label);
    if (logScenes.has(scene)) await page.getByRole('link', { name: 'Logs' }).click();
    await page.waitForTimeout(400);
    await look(page, label);
    if (scene === 'releases') {
      for (const [index, name] of ['rollback', 'schema'].entries()) {
        await page.getByRole('button', { name: 'Roll back' }).nth(index).click();
        await page.waitForTimeout(300);
        await look(page, `${label}-${name}`);
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Deploy' }).first().click();
      await page.waitForTimeout(300);
      await look(page, `${label}-deploy`);
    }
    if (scene === 'logs50k') {
      await page.getByRole('searchbox', { name: 'Search logs' }).fill('timeout');
      await page.waitForTimeout(600);
      await page.getByRole('row').nth(5).click();
      await look(page, `${label}-detail`);
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
server.close();
console.log(found.length === 0 ? 'nothing found' : found.join('\n'));
