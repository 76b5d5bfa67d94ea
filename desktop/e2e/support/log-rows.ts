import type { Page } from '@playwright/test';
import type { ComposeProject } from '#testing/compose-project.ts';
import type { LaunchOptions, RunningApp } from './app.ts';
import { expect } from './test.ts';

const perSecond = 10_000;

/** Numbers its lines, ten thousand a second, and then rests. */
export const flooding = (count: number) => ({
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

/** The log page of a project. */
export async function logsOf(
  launchApp: (options: LaunchOptions) => Promise<RunningApp>,
  { directory, name }: ComposeProject,
): Promise<RunningApp> {
  const app = await launchApp({ directory, env: { COMPOSE_PROJECT_NAME: name } });
  await app.page.getByRole('link', { name: 'Logs' }).click();
  return app;
}

export const grid = (page: Page) => page.getByRole('grid', { name: 'Log lines' });

/** The numbers of the rows in the document, from above. */
export async function numbers(page: Page): Promise<number[]> {
  // All at once: a row's element is used again for others when the list is scrolled.
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll('[role="grid"][aria-label="Log lines"] [role="row"]')].map((row) => row.textContent),
  );
  return texts.flatMap((text) => /n=(\d+)/.exec(text)?.[1] ?? []).map(Number);
}

export const consecutive = (list: readonly number[]) => list.map((_, index) => (list[0] ?? 0) + index);

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
export async function toFirst(page: Page): Promise<void> {
  await grid(page).focus();
  const home = () => page.keyboard.press('Home');
  const firsts = await scrolled(page, home, ([first]) => first === 0);
  expect(firsts).toEqual(firsts.toSorted((one, other) => other - one));
  await expect(page.getByText('The oldest line that is held')).toBeVisible();
}

/** Scrolls to the last line and beyond, so that the list follows again. */
export async function toLast(page: Page, last: number): Promise<void> {
  const follows = page.getByRole('button', { name: 'Follow', exact: true, pressed: true });
  const down = () =>
    grid(page).evaluate(({ parentElement }) => {
      parentElement?.scrollTo(0, parentElement.scrollHeight);
    });
  const firsts = await scrolled(page, down, (shown) => shown.at(-1) === last && follows.isVisible());
  expect(firsts).toEqual(firsts.toSorted((one, other) => one - other));
}
