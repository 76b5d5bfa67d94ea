import type { Page } from '@playwright/test';
import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { expect, test } from './support/test.ts';

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly silent: boolean;
}

/** A fake of the desktop: it keeps what it is given, and nobody looks at the page. `answer`: what the user says. */
async function fakeDesktop(page: Page, answer: 'granted' | 'denied'): Promise<void> {
  const install = (granted: 'granted' | 'denied') => {
    class FakeNotification {
      static permission = sessionStorage.getItem('asked') ?? 'default';
      static requestPermission(): Promise<string> {
        sessionStorage.setItem('asked', granted);
        FakeNotification.permission = granted;
        return Promise.resolve(granted);
      }
      static readonly all: FakeNotification[] = [];
      readonly shown: Shown;
      onclick: (() => void) | null = null;
      constructor(title: string, options: Omit<Shown, 'title'>) {
        this.shown = { title, ...options };
        FakeNotification.all.push(this);
      }
    }
    Object.assign(window, { Notification: FakeNotification });
    document.hasFocus = () => false;
  };
  await page.addInitScript(install, answer);
  await page.evaluate(install, answer);
}

const shownOn = (page: Page): Promise<Shown[]> =>
  page.evaluate(() => (window.Notification as unknown as { all: { shown: Shown }[] }).all.map(({ shown }) => shown));

const box = (page: Page) => page.getByRole('checkbox', { name: 'Also on the desktop' });

let project: ComposeProject;
test.beforeAll(async () => {
  project = await createComposeProject({ services: { web: webService() } });
});
test.afterAll(async () => {
  await project.remove();
});

test('what ends while nobody looks is shown by the desktop once it was asked for, and leads back', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  const { page, problems } = await launchApp({
    directory: project.directory,
    env: { COMPOSE_PROJECT_NAME: project.name },
  });
  await fakeDesktop(page, 'granted');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(box(page)).not.toBeChecked();
  await box(page).click();
  await expect(box(page)).toBeChecked();
  await page.getByRole('link', { name: 'Stack', exact: true }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  await expect.poll(() => shownOn(page), { timeout: 60_000 }).toHaveLength(1);
  const [shown] = await shownOn(page);
  expect(shown).toMatchObject({ title: expect.stringContaining('is done'), silent: true });
  await page.evaluate(() => {
    (window.Notification as unknown as { all: { onclick: () => void }[] }).all[0]?.onclick();
  });
  await expect(page).toHaveURL(/#\/stack/);
  expect(problems).toEqual([]);
});

test('where the browser refuses, it stays off and says what helps', async ({ launchApp, smallProject }) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  await fakeDesktop(page, 'denied');
  await page.getByRole('link', { name: 'Settings' }).click();
  await box(page).click();
  await expect(page.getByText('does not let this address show notifications')).toBeVisible();
  await expect(box(page)).not.toBeChecked();
  expect(problems).toEqual([]);
});
