import type { Page } from '@playwright/test';
import { createComposeProject } from '#testing/compose-project.ts';
import { expect, test } from './support/test.ts';

const count = 30_000;

/** Logs many lines at once, and what is looked for near their beginning. */
const old = {
  image: 'node:24-bookworm-slim',
  init: true,
  stop_grace_period: '1s',
  command: [
    'node',
    '-e',
    `for (let n = 0; n < ${count}; n += 1) console.log(JSON.stringify({ level: 30, msg: n === 700 ? 'needle' : 'hay', n }));
     setInterval(() => {}, 1e6);`,
  ],
};

/** Lets nothing more through to the page until it is told to. */
async function holdBack(page: Page): Promise<{ hold: () => void; letGo: () => void }> {
  let held: (() => void)[] | undefined;
  await page.routeWebSocket(/./, (socket) => {
    socket.connectToServer().onMessage((message) => {
      const send = (): void => {
        socket.send(message);
      };
      if (held === undefined) send();
      else held.push(send);
    });
  });
  return {
    hold: () => {
      held = [];
    },
    letGo: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const send of waiting) send();
    },
  };
}

test('a match that only the engine has is found from an empty list; a search that takes long can be stopped', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  const project = await createComposeProject({ services: { old } });
  try {
    await project.compose('up', '-d');
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    const network = await holdBack(page);
    await page.reload();
    await page.getByRole('link', { name: 'Logs' }).click();
    await expect(page.getByText(/· 1,000 lines held since /)).toBeVisible({ timeout: 60_000 });
    const box = page.getByRole('searchbox', { name: 'Search logs' });
    await box.fill('needle');
    await expect(page.getByText('No line matches')).toBeVisible();

    // Others may match that the page does not show.
    await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeEnabled();

    const older = page.getByRole('button', { name: 'Search older lines' });
    const searching = page.getByText('Searching for a match in the older lines…');
    network.hold();
    await older.click();
    await expect(searching).toBeVisible();
    await box.press('Escape');
    await expect(searching).toBeHidden();
    await expect(box).toHaveValue('needle');
    network.letGo();

    await older.click();
    const row = page.getByRole('grid', { name: 'Log lines' }).getByRole('row').filter({ hasText: 'needle' });
    const further = page.getByRole('button', { name: 'Search further back' });
    await expect(async () => {
      if (await further.isVisible()) await further.click();
      await expect(row).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 60_000 });
    await expect(row).toContainText('n=700');
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
