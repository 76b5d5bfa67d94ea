import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { axeFindings } from '../axe-findings.ts';
import { chromiumArguments, chromiumPath } from '../chromium.ts';
import { addressOf, doors } from './doors.ts';
import { builtPanel, servePanel } from './server.ts';
import { visitGallery, visits } from './visits.ts';

// Takes pictures of every page and state of the built panel over made-up data, and of the design system, in both themes and three
// widths; looks for accessibility, policy violations and pages that are too wide. Run: npm run screenshots [-- SCENE...]
const wanted = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');
const out = join(root, 'screenshots');
const themes = ['light', 'dark'] as const;
const sizes = [
  [360, 800],
  [1600, 1000],
  [1280, 800],
] as const;
/** Time for what moves to have come to rest, in milliseconds. */
const restMs = 250;
const refusing = ['unknown', ...Object.keys(doors)];
const found: string[] = [];
const taken: string[] = [];

/** One picture for each width; the last is the width in which things are pressed. */
async function look(page: Page, theme: string, name: string, fullPage = false): Promise<void> {
  for (const [width, height] of sizes) {
    const file = `${theme}-${width}/${name}.png`;
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(restMs);
    await page.screenshot({ path: join(out, file), fullPage });
    taken.push(file);
    const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    if (typeof wider === 'number' && wider > 0) found.push(`${file}: the page is ${wider} px too wide`);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  found.push(...axeFindings(violations).map((finding) => `${theme} ${name}: ${finding}`));
}

async function open(context: BrowserContext, url: string, label: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    // Whoever is not let in is refused, which the browser tells of.
    if (/status of (401|502)/.test(message.text()) && refusing.some((scene) => label.endsWith(` ${scene}`))) return;
    if (message.type() === 'error' || message.type() === 'warning')
      found.push(`${label}: console: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => found.push(`${label}: ${error.message}`));
  await page.goto(url);
  await page.locator('main').first().waitFor();
  return page;
}

async function visitScene(context: BrowserContext, port: number, theme: string, scene: string): Promise<void> {
  const page = await open(context, addressOf(port, scene), `${theme} ${scene}`);
  try {
    await visits[scene]?.(page, (part) => look(page, theme, part === undefined ? scene : `${scene}-${part}`));
  } catch (error) {
    found.push(`${theme} ${scene}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await page.close();
  }
}

/** All pictures on one page. */
async function writeIndex(): Promise<void> {
  const pictures = taken
    .toSorted()
    .map((file) => `<figure><img loading="lazy" src="${file}"><figcaption>${file}</figcaption></figure>`);
  const style =
    'body{font:12px system-ui;display:flex;flex-wrap:wrap;gap:12px;background:#888}figure{margin:0}img{height:420px;display:block}';
  await writeFile(
    join(out, 'index.html'),
    `<!doctype html><title>Screenshots</title><style>${style}</style>${pictures.join('\n')}`,
  );
}

const panel = await servePanel(builtPanel, 0);
const gallery = await servePanel(join(root, 'out/gallery'), 0);
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArguments] });
try {
  if (wanted.length === 0) await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  for (const theme of themes) {
    const context = await browser.newContext({
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    for (const scene of wanted.length > 0 ? wanted : Object.keys(visits))
      if (scene !== 'gallery') await visitScene(context, panel.port, theme, scene);
    if (wanted.length === 0 || wanted.includes('gallery')) {
      const page = await open(context, `http://127.0.0.1:${gallery.port}/`, `${theme} gallery`);
      await look(page, theme, 'gallery', true);
      await visitGallery(page, (part = 'opened') => look(page, theme, `gallery-${part}`));
      await page.close();
    }
    await context.close();
  }
  await writeIndex();
} finally {
  await browser.close();
  panel.close();
  gallery.close();
}
console.log(`${taken.length} pictures in ${out}`);
console.log(found.length === 0 ? 'Nothing found.' : found.join('\n'));
if (found.length > 0) process.exitCode = 1;
