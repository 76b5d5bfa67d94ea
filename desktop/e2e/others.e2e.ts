import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const sleeper = {
  image: 'node:24-bookworm-slim',
  init: true,
  command: ['sh', '-c', 'echo here we are; exec sleep 10000'],
  stop_grace_period: '1s',
};

test('a project that was started elsewhere is seen, looked at, driven without its files, and missed when it is gone', async ({
  launchApp,
  smallProject,
}, info) => {
  test.setTimeout(120_000);
  const other = await createComposeProject({ services: { web: sleeper, worker: sleeper } });
  try {
    const { page, problems } = await launchApp({ directory: smallProject });
    const list = page.getByRole('navigation', { name: 'Also on this engine' });
    const link = list.getByRole('link', { name: other.name });
    const running = list.getByRole('link', { name: `${other.name} running`, exact: true });
    const stopped = list.getByRole('link', { name: `${other.name} stopped`, exact: true });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(link).toHaveCount(0);

    await other.compose('up', '-d');
    await expect(running).toBeVisible();
    await link.click();
    await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${other.name} runs `) })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Build', exact: true })).toBeEnabled();
    await look(page, info.outputPath('with-files'));

    await rm(join(other.directory, 'compose.yaml'));
    // The address names it, so that it can be come back to; by then its files are gone.
    await page.reload();
    await expect(page.getByText(`The compose files of ${other.name} cannot be read here.`)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Build', exact: true })).toHaveCount(0);
    await look(page, info.outputPath('without-files'));
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(stopped).toBeVisible();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(running).toBeVisible();
    expect(await other.docker(['ps', '-q', '--filter', `label=com.docker.compose.project=${other.name}`])).toMatch(
      /^\w+\n\w+\n$/,
    );

    await page.getByRole('link', { name: 'Logs' }).click();
    await expect(page.getByText('here we are').first()).toBeVisible();

    await other.docker(['compose', '-p', other.name, 'down', '-t', '0']);
    await expect(link).toHaveCount(0);
    await page.getByRole('link', { name: 'Stack' }).click();
    await expect(page.getByText(`Nothing of the project ${other.name} is on this engine.`)).toBeVisible();
    await page.goto(page.url().replace(other.name, 'qs-test-never-there'));
    await expect(page.getByText(`Nothing of the project qs-test-never-there is on this engine.`)).toBeVisible();
    await page.getByRole('link', { name: 'Back to the open folder' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /Development/ })).toBeVisible();
    expect(problems).toEqual([]);
  } finally {
    await other.remove();
  }
});
