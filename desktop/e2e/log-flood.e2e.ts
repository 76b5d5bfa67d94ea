import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import type { LaunchOptions, RunningApp } from './support/app.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const lines = 150_000;
const perSecond = 10_000;

/** Numbers its lines, ten thousand a second, and then rests. */
const flooding = (count: number) => ({
  image: 'node:24-bookworm-slim',
  init: true,
  stop_grace_period: '1s',
  command: [
    'node',
    '-e',
    `let n = 0; const begun = Date.now(); const timer = setInterval(() => {
       const due = Math.min(${count}, (Date.now() - begun) / 1000 * ${perSecond}); let text = '';
       for (; n < due; n += 1) text += '{"level":30,"msg":"request completed","n":' + n + ',"path":"/api/chat","ms":12}\\n';
       process.stdout.write(text);
       if (n >= ${count}) { clearInterval(timer); setInterval(() => {}, 1e6); }
     }, 10);`,
  ],
});
const flood = flooding(lines);

/** The log page of a project. */
async function logsOf(
  launchApp: (options: LaunchOptions) => Promise<RunningApp>,
  { directory, name }: ComposeProject,
): Promise<RunningApp> {
  const app = await launchApp({ directory, env: { COMPOSE_PROJECT_NAME: name } });
  await app.page.getByRole('link', { name: 'Logs' }).click();
  return app;
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Log lines' });

/** The numbers of the rows in the document, from above. */
async function numbers(page: Page): Promise<number[]> {
  // All at once: a row's element is used again for others when the list is scrolled.
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll('[role="grid"][aria-label="Log lines"] [role="row"]')].map((row) => row.textContent),
  );
  return texts.flatMap((text) => /n=(\d+)/.exec(text)?.[1] ?? []).map(Number);
}

const consecutive = (list: readonly number[]) => list.map((_, index) => (list[0] ?? 0) + index);

test('ten thousand lines a second: the page shows the end, can be stopped anywhere, and nothing is lost', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({ services: { flood } });
  try {
    const { page, problems } = await logsOf(launchApp, project);
    await page.evaluate(() => {
      const long: number[] = [];
      Object.assign(globalThis, { long });
      new PerformanceObserver((list) => {
        long.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    await project.compose('up', '-d');
    await expect.poll(async () => (await numbers(page)).at(-1) ?? 0, { timeout: 60_000 }).toBeGreaterThan(20_000);

    // Stopped amid the flood: what is in sight stays, whole, and so is what lies above it.
    await page.getByRole('button', { name: 'Follow' }).click();
    const stopped = await numbers(page);
    expect(stopped.length).toBeGreaterThan(10);
    expect(stopped).toEqual(consecutive(stopped));
    await grid(page).focus();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('PageUp');
    await expect.poll(async () => (await numbers(page)).at(-1)).toBeLessThan((stopped[0] ?? 0) - 200);
    const above = await numbers(page);
    expect(above).toEqual(consecutive(above));

    await page.getByRole('button', { name: /new lines/ }).click();
    await expect.poll(async () => (await numbers(page)).at(-1), { timeout: 60_000 }).toBe(lines - 1);
    const end = await numbers(page);
    expect(end).toEqual(consecutive(end));
    await expect(page.getByText(/150,000 lines held since .* · nothing dropped/)).toBeVisible();

    expect(await heapBytes(page)).toBeLessThan(30e6);
    expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1500);
    const long = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
    await info.attach('tasks over 50 ms', { body: JSON.stringify(long), contentType: 'application/json' });
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});

/** Scrolls on until that is the view; what was in sight after each step, which is in order. */
async function scrolled(
  page: Page,
  step: () => Promise<unknown>,
  isDone: (shown: readonly number[]) => Promise<boolean> | boolean,
): Promise<number[]> {
  const met: number[][] = [];
  const look = async () => {
    await step();
    const shown = await numbers(page);
    met.push(shown);
    return isDone(shown);
  };
  await expect.poll(look, { timeout: 30_000, intervals: [50] }).toBe(true);
  for (const shown of met) expect(shown).toEqual(consecutive(shown));
  return met.map(([first]) => first ?? -1);
}

/** Scrolls to the first line that there is. */
async function toFirst(page: Page): Promise<void> {
  await grid(page).focus();
  const home = () => page.keyboard.press('Home');
  const firsts = await scrolled(page, home, ([first]) => first === 0);
  expect(firsts).toEqual(firsts.toSorted((one, other) => other - one));
  await expect(page.getByText('The oldest line that is held')).toBeVisible();
}

/** Scrolls to the last line and beyond, so that the list follows again. */
async function toLast(page: Page, last: number): Promise<void> {
  const follows = page.getByRole('button', { name: 'Follow', exact: true, pressed: true });
  const down = () =>
    grid(page).evaluate(({ parentElement }) => {
      parentElement?.scrollTo(0, parentElement.scrollHeight);
    });
  const firsts = await scrolled(page, down, (shown) => shown.at(-1) === last && follows.isVisible());
  expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
}

async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

test('lines of 16 KiB: the page holds as many as there is memory for, and reads the others again', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  const script = `for (let n = 0; n < 2000; n += 1) console.log(JSON.stringify({ level: 30, msg: 'long', n, pad: 'x'.repeat(16000) }));
    setInterval(() => {}, 1e6)`;
  const project = await createComposeProject({ services: { long: { ...flood, command: ['node', '-e', script] } } });
  try {
    const { page, problems } = await logsOf(launchApp, project);
    await project.compose('up', '-d');
    await expect.poll(async () => (await numbers(page)).at(-1), { timeout: 60_000 }).toBe(1999);
    await toFirst(page);
    expect(await heapBytes(page)).toBeLessThan(30e6);
    await toLast(page, 1999);
    expect(await heapBytes(page)).toBeLessThan(30e6);
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});

interface OldLog extends RunningApp {
  /** Its lines as `docker logs -t` prints them. */
  readonly written: readonly string[];
}

/** The log page of a project that wrote its lines, many more than are read at first, before anybody looked. */
async function withOldLog(
  launchApp: (options: LaunchOptions) => Promise<RunningApp>,
  use: (old: OldLog) => Promise<void>,
): Promise<void> {
  const count = 30_000;
  const project = await createComposeProject({ services: { old: flooding(count) } });
  try {
    await project.compose('up', '-d');
    const read = async (): Promise<string[]> => {
      const id = await dockerText('ps', '-q', '--filter', `label=com.docker.compose.project=${project.name}`);
      return (await dockerText('logs', '-t', id)).split('\n');
    };
    await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBe(count);
    const app = await logsOf(launchApp, project);
    await expect.poll(async () => (await numbers(app.page)).at(-1), { timeout: 60_000 }).toBe(count - 1);
    await use({ ...app, written: await read() });
    expect(app.problems).toEqual([]);
  } finally {
    await project.remove();
  }
}

test('more lines from before the panel looked than it holds: back to the first and forward to the last', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  await withOldLog(launchApp, async ({ page, written }) => {
    await toFirst(page);
    await toLast(page, written.length - 1);
  });
});

/**
 * Scrolls to the top where that is still the first line, and lets the list answer. Looked at and scrolled in one task: lines that
 * came in between would be scrolled away.
 */
const toTop = async (element: Element, first: number): Promise<void> => {
  const shown = /n=(\d+)/.exec(element.querySelector('[role="row"]')?.textContent ?? '');
  if (Number(shown?.[1]) !== first) return;
  element.scrollTo(0, 0);
  for (let frames = 0; frames < 5; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
};

test('wrapped lines: at the very top earlier ones come before what is in sight, and that stays', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  await withOldLog(launchApp, async ({ page }) => {
    await page.getByRole('button', { name: 'Wrap long lines' }).click();
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    const scroller = page.locator('[data-wrapped]');
    /** Pixels from the top of the list to a line. */
    const placeOf = (wanted: number) =>
      scroller.evaluate((element, n) => {
        const row = [...element.querySelectorAll('[role="row"]')].find((one) => one.textContent.includes(`n=${n}`));
        return (row?.getBoundingClientRect().top ?? -1) - element.getBoundingClientRect().top;
      }, wanted);
    // The core holds a thousand of them: these steps also lead to what only the engine has.
    for (let steps = 0; steps < 7; steps += 1) {
      const [first = -1] = await numbers(page);
      // Where earlier ones had to be fetched first, they are shown when somebody scrolls again.
      const scrolled = async () => {
        await scroller.evaluate(toTop, first);
        return (await numbers(page))[0];
      };
      await expect.poll(scrolled, { timeout: 20_000 }).toBeLessThan(first);
      // Where it was below the head of the list; the lines that came are some thousand pixels.
      expect(await placeOf(first)).toBeGreaterThanOrEqual(0);
      expect(await placeOf(first)).toBeLessThan(100);
    }
    const shown = await numbers(page);
    expect(shown).toEqual(consecutive(shown));

    // Lines that come after the list was scrolled to its top, and before it was told.
    const [first = -1] = await numbers(page);
    await scroller.evaluate(async (element) => {
      element.scrollTo(0, 300);
      await new Promise((resolve) => {
        element.addEventListener('scroll', resolve, { once: true });
      });
      addEventListener(
        'scroll',
        (event) => {
          event.stopImmediatePropagation();
        },
        { capture: true },
      );
      element.scrollTo(0, 0);
    });
    await expect.poll(async () => (await numbers(page))[0], { timeout: 20_000 }).toBeLessThan(first);
    expect(await placeOf(first)).toBeGreaterThanOrEqual(0);
    expect(await placeOf(first)).toBeLessThan(100);
  });
});

/** Bytes of each file that a download was made of: they are on disk, not in memory. */
const storedSizes = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('exports');
    const sizes: number[] = [];
    for await (const name of folder.keys()) {
      const handle = await folder.getFileHandle(name);
      sizes.push((await handle.getFile()).size);
    }
    return sizes;
  });

test('an export has the lines that only the engine has as well: all of them, in order, each once', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  await withOldLog(launchApp, async ({ page, written }) => {
    await expect(page.getByText(/· 1,000 lines held since /)).toBeVisible();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    const saved = await readFile(await file.path(), 'utf8');
    const exported = saved.trimEnd().split('\n');
    const lines = exported.map((text) => JSON.parse(text) as { time: string; text: string });
    expect(lines.map(({ time, text }) => `${time} ${text}`)).toEqual(written);
    await expect(page.getByText('30,000 lines saved as newline-delimited JSON', { exact: true })).toBeVisible();
    expect(await storedSizes(page)).toEqual([Buffer.byteLength(saved)]);
  });
});

test('a jump to a time before what the panel holds opens there, and goes on to the last line', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  await withOldLog(launchApp, async ({ page, written }) => {
    // To the millisecond, in which others may have been written before it.
    const at = written[12_000]?.slice(0, 23) ?? '';
    const first = written.findIndex((line) => line >= at);
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    const jump = page.getByRole('textbox', { name: 'Jump to time' });
    await jump.fill(`${at}Z`);
    await jump.press('Enter');
    await page.keyboard.press('Escape');
    await expect.poll(() => numbers(page), { timeout: 60_000 }).toContain(first);
    const opened = await numbers(page);
    expect(opened).toEqual(consecutive(opened));
    await toLast(page, written.length - 1);
  });
});

test('a service that is recreated keeps its history, a row says what happened, and its new errors are told', async ({
  launchApp,
}, info) => {
  test.setTimeout(180_000);
  const says = (text: readonly string[]) => ({
    image: 'node:24-bookworm-slim',
    init: true,
    stop_grace_period: '1s',
    command: ['node', '-e', `${JSON.stringify(text)}.forEach(l => console.log(l)); setInterval(() => {}, 1e6)`],
  });
  const error = (msg: string) => JSON.stringify({ level: 50, msg });
  const project = await createComposeProject({
    services: { api: says(['the first one speaks', error('order 1 failed')]) },
  });
  try {
    await project.compose('up', '-d');
    const { page, problems } = await logsOf(launchApp, project);
    const rows = grid(page).getByRole('row');
    await expect(rows.filter({ hasText: 'the first one speaks' })).toBeVisible();
    await project.write('compose.yaml', {
      services: { api: says(['the second one speaks', error('order 2 failed'), error('price is missing')]) },
    });
    await project.compose('up', '-d');
    await expect(rows.filter({ hasText: 'the second one speaks' })).toBeVisible({ timeout: 30_000 });
    const texts = await rows.allTextContents();
    const places = ['the first one speaks', 'was recreated', 'the second one speaks'].map((wanted) =>
      texts.findIndex((text) => text.includes(wanted)),
    );
    expect(places).toEqual([0, 2, 3]);

    const strip = page.getByRole('region', { name: 'New errors' });
    await strip
      .getByRole('button', { name: /^1 kind of error is new with what runs now, which was started at/ })
      .click();
    await page.getByRole('button', { name: 'info', exact: false }).first().click();
    await expect(rows.filter({ hasText: 'price is missing' })).toHaveCount(0);
    await look(page, info.outputPath('new-errors'));
    await strip.getByRole('button', { name: /price is missing/ }).click();
    await expect(page.locator('[role="row"][class*="active"]')).toContainText('price is missing');
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
