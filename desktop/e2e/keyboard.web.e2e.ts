import type { Locator, Page } from '@playwright/test';
import { createReleaseProject } from '#testing/release-project.ts';
import { expect, test } from './support/test.ts';

const releaseMs = 60_000;
/** More stops than any page has. */
const mostTabs = 150;

/** Where the focus is, seen from the page: whether that is the wanted element, and what shows no sign of having it. */
const stopAt = (wanted: Element): { arrived: boolean; unseen?: string } => {
  const focused = document.activeElement;
  // The page as a whole has the focus after it was gone to, and is no stop.
  if (focused === null || focused === document.body || focused.tagName === 'MAIN') return { arrived: false };
  // An outline or a ring that an element has by being focused.
  const shows = (one: Element | null): boolean => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  // A radio button or checkbox may be drawn by what stands for it, a field by its frame.
  const frames = [focused, focused.nextElementSibling, focused.closest('label, [role="row"]'), focused.parentElement];
  const arrived = focused === wanted;
  return frames.some(shows) ? { arrived } : { arrived, unseen: focused.outerHTML.slice(0, 120) };
};

/** Goes on by Tab until the wanted element has the focus; each stop on the way has to be seen. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    const { arrived, unseen } = await wanted.evaluate(stopAt);
    expect(unseen, 'the focus is not seen').toBeUndefined();
    if (arrived) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted.toString()} is not reached by Tab.`);
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

async function go(page: Page, key: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
}

test('by keyboard alone: the tour, a rollback with its proof, the logs, one service, stop and start', async ({
  launchApp,
}) => {
  test.setTimeout(360_000);
  const stack = await createReleaseProject();
  try {
    const { project } = stack;
    for (const version of ['1.0.0', '1.1.0']) {
      await stack.push(version);
      expect((await stack.run(['deploy', version, '--window', '0'])).status).toBe(0);
    }
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: stack.state },
    });
    await press(page, page.getByRole('button', { name: 'Skip the tour' }));
    await expect(page.getByRole('button', { name: 'Skip the tour' })).toHaveCount(0);

    await go(page, 'r');
    await expect(page.getByText(/^You are on 1\.1\.0, verified/)).toBeVisible({ timeout: releaseMs });
    const past = page.getByRole('list', { name: 'Past releases' }).getByRole('listitem');
    await press(page, past.filter({ hasText: '1.0.0' }).getByRole('button', { name: 'Roll back', exact: true }));
    const dialog = page.getByRole('dialog');
    await press(page, dialog.getByRole('button', { name: 'Roll back', exact: true }));
    await expect(page.getByText(/^You are on 1\.0\.0, verified/)).toBeVisible({ timeout: releaseMs });
    expect(await stack.served()).toBe('1.0.0');

    await go(page, 'l');
    const search = page.getByRole('searchbox', { name: 'Search logs' });
    await expect(search).toBeVisible();
    await page.keyboard.press('/');
    await expect(search).toBeFocused();
    await page.keyboard.type('level>=trace');
    await page.keyboard.press('Enter');
    await press(page, page.getByRole('button', { name: 'Remove filter level>=trace' }));
    await expect(search).toHaveValue('');

    await go(page, 's');
    await press(page, page.getByRole('button', { name: 'Actions for page' }));
    await expect(page.getByRole('menuitem', { name: 'Show logs' })).toBeFocused();
    await page.keyboard.press('Escape');
    const actions = page.getByRole('button', { name: 'Actions for page' });
    await expect(actions).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('menuitem').last()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(actions).toBeFocused();
    await press(page, page.getByRole('button', { name: 'Stop', exact: true }));
    const start = page.getByRole('button', { name: 'Start', exact: true });
    await expect(start).toBeVisible({ timeout: releaseMs });
    await press(page, start);
    await expect(page.getByText('2 of 2 services healthy').first()).toBeVisible({ timeout: releaseMs });

    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/settings/);
    const themes = page.getByRole('group', { name: 'Theme' });
    await tabTo(page, themes.getByRole('radio', { name: 'System' }));
    await page.keyboard.press('ArrowRight');
    await expect(themes.getByRole('radio', { name: 'Light' })).toBeChecked();
    expect(problems).toEqual([]);
  } finally {
    await stack.remove();
  }
});
