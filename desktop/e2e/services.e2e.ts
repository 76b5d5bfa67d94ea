import type { Page } from '@playwright/test';
import { createComposeProject, webService } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const startMs = 90_000;

async function order(page: Page, service: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${service}` }).click();
  await page.getByRole('menuitem', { name }).click();
}

test('one service is scaled, rebuilt, restarted and stopped, each with its plan and command, and the others stay', async ({
  launchApp,
}, info) => {
  test.setTimeout(300_000);
  const project = await createComposeProject({
    // Without an image of its own: the build would take the name of the base image.
    services: { web: webService({ build: '.', image: undefined }), other: webService() },
  });
  const idOf = async (name: string): Promise<string> =>
    (await project.docker(['inspect', '-f', '{{.Id}} {{.State.StartedAt}}', `${project.name}-${name}`])).trim();
  try {
    await project.write('Dockerfile', 'FROM node:24-bookworm-slim\nRUN echo first\n');
    await project.compose('up', '-d', '--wait');
    const other = await idOf('other-1');
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    await expect(page.getByText('2 of 2 services healthy')).toBeVisible({ timeout: startMs });
    const dialog = page.getByRole('dialog');

    await order(page, 'web', 'Scale…');
    await dialog.getByRole('textbox', { name: 'Containers' }).fill('many');
    await expect(dialog.getByRole('button', { name: 'Scale' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Containers' }).fill('2');
    await expect(dialog.getByText('--scale web=2')).toBeVisible();
    await look(page, info.outputPath('scale'));
    await dialog.getByRole('button', { name: 'Scale' }).click();
    await expect(page.getByText(/^Start of web done/)).toBeVisible({ timeout: startMs });
    expect((await project.compose('ps', '-q', 'web')).trim().split('\n')).toHaveLength(2);

    const before = await idOf('web-1');
    await project.write('Dockerfile', 'FROM node:24-bookworm-slim\nRUN echo second\n');
    await order(page, 'web', 'Rebuild…');
    await expect(dialog.getByText(/1 image built/).first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Rebuild' }).click();
    await expect.poll(() => idOf('web-1').catch(() => before), { timeout: startMs }).not.toBe(before);
    await expect(page.getByText(/^Start of web done/)).toBeVisible({ timeout: startMs });

    const rebuilt = await idOf('web-1');
    await order(page, 'web', 'Restart…');
    await expect(dialog.getByText(/restart web$/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Restart' }).click();
    await expect(page.getByText(/^Restart of web done/)).toBeVisible({ timeout: startMs });
    expect(await idOf('web-1')).not.toBe(rebuilt);

    await order(page, 'web', 'Stop');
    await expect(page.getByText(/^Stop of web done/)).toBeVisible({ timeout: startMs });
    expect(await project.compose('ps', '-q', '--status', 'running', 'web')).toBe('');
    expect(await idOf('other-1')).toBe(other);
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
    await project.docker(['image', 'rm', '-f', `${project.name}-web`]).catch(() => undefined);
  }
});

test('a menu that is called for the first time is chosen from by one press that is drawn to an item', async ({
  launchApp,
  smallProject,
}) => {
  const { page, problems } = await launchApp({ directory: smallProject });
  const actions = page.getByRole('button', { name: 'Actions for web' });
  // What was checked comes in above the services, which it moves from under the mouse.
  await expect(page.getByRole('heading', { name: /^Before a start/ })).toBeVisible();
  await actions.hover();
  await page.mouse.down();
  const item = page.getByRole('menuitem', { name: 'Show logs' });
  await expect(item).toBeVisible();
  // A press shorter than a fifth of a second leaves the menu open; timers of the page come in their order.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
  await item.hover();
  await page.mouse.up();
  await expect(page).toHaveURL(/#\/logs/);

  await page.getByRole('link', { name: 'Stack', exact: true }).click();
  // Once more: the page has been drawn anew, and what had the focus before the mouse came has it after that.
  await page.mouse.move(0, 0);
  await actions.focus();
  await actions.hover();
  await expect(actions).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(item).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(actions).toBeFocused();
  expect(problems).toEqual([]);
});

test('a crash loop and a kill for want of memory are named, with what was printed last, secrets masked', async ({
  launchApp,
}, info) => {
  test.setTimeout(180_000);
  const print = "console.log('no such table, asked with ' + process.env.API_TOKEN); process.exit(3)";
  const eat = "console.log('reading it all'); const held = []; for (;;) held.push(Buffer.alloc(8e6, 1))";
  const image = 'node:24-bookworm-slim';
  const project = await createComposeProject({
    services: {
      crashing: {
        image,
        command: ['node', '-e', print],
        restart: 'always',
        environment: { API_TOKEN: 'canary-in-lines' },
      },
      greedy: { image, command: ['node', '-e', eat], mem_limit: '64m' },
    },
  });
  try {
    await project.compose('up', '-d');
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    await expect(page.getByText(/crash loop: \d+ restarts, exit code 3/)).toBeVisible({ timeout: startMs });
    await expect(page.getByText(/killed: out of memory \(limit 64 MB\)/)).toBeVisible({ timeout: startMs });
    const lines = page.getByRole('region', { name: `Last lines of ${project.name}-crashing-1` });
    await expect(lines).toContainText('no such table, asked with ********');
    await expect(page.getByText('canary-in-lines')).toHaveCount(0);
    await expect(page.getByRole('region', { name: `Last lines of ${project.name}-greedy-1` })).toContainText(
      'reading it all',
    );
    await look(page, info.outputPath('trouble'));
    await page.setViewportSize({ width: 360, height: 900 });
    await look(page, info.outputPath('trouble-narrow'));
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
