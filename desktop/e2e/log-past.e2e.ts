import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import type { LaunchOptions, RunningApp } from './support/app.ts';
import { consecutive, flooding, logsOf, numbers, toFirst, toLast } from './support/log-rows.ts';
import { expect, test } from './support/test.ts';

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
