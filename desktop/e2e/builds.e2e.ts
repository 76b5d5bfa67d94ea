import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const dockerfile = (last: string): string =>
  ['FROM node:24-bookworm-slim', 'RUN echo said by the first step', 'COPY greeting /greeting', last, ''].join('\n');

test('builds are kept with their steps, compared with the one before, and a failure is shown in its place', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({ services: { web: { build: '.', command: ['sleep', '1000'] } } });
  const state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  const write = async (greeting: string, last: string): Promise<void> => {
    await project.write('greeting', greeting);
    await project.write('Dockerfile', dockerfile(last));
  };
  try {
    // So that nothing of it is in the cache of an earlier run.
    await write(project.name, 'RUN cat /greeting');
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state },
    });
    await page.getByRole('link', { name: 'Builds' }).click();
    await expect(page.getByText('Nothing was built yet')).toBeVisible();
    await look(page, info.outputPath('empty'));

    const build = page.getByRole('button', { name: 'Build', exact: true });
    const rows = page.getByRole('region', { name: 'All builds' }).getByRole('listitem');
    const steps = page.getByRole('list', { name: 'Steps of the build of web' });
    await build.click();
    await expect(rows).toHaveText([/Built/], { timeout: 120_000 });
    await expect(
      page.getByText('There is no finished build of this service before it to compare it with.'),
    ).toBeVisible();
    const copied = steps.getByRole('listitem').filter({ hasText: 'COPY greeting /greeting' });
    await expect(copied).toHaveCount(1);
    await steps.getByText('RUN cat /greeting').click();
    await expect(steps.getByText(project.name)).toBeVisible();

    await build.click();
    await expect(rows).toHaveText([/Built/, /Built/], { timeout: 120_000 });
    await expect(rows.first()).toContainText('from the cache');
    await expect(copied).toContainText('from the cache now');

    await write(`${project.name} again`, 'RUN echo about to fail && exit 7');
    await build.click();
    await expect(rows).toHaveText([/Failed/, /Built/, /Built/], { timeout: 120_000 });
    await rows.first().click();
    await expect(copied).toContainText('not from the cache any more');
    await expect(page.getByText('failed here')).toBeVisible();
    await expect(page.getByRole('figure')).toContainText('RUN echo about to fail && exit 7');
    await expect(steps.getByText('about to fail', { exact: true })).toBeVisible();
    await look(page, info.outputPath('failed'));

    // Whoever else builds it, from a terminal: it comes into the list by itself.
    const other = await quayside(['-C', project.directory, '-p', project.name, 'build'], { QUAYSIDE_STATE_DIR: state });
    expect(other.status).toBe(1);
    await expect(rows).toHaveText([/Failed/, /Failed/, /Built/, /Built/]);

    // An earlier one by its address, after the panel was left.
    await rows.nth(3).click();
    await expect(
      page.getByText('There is no finished build of this service before it to compare it with.'),
    ).toBeVisible();
    await page.reload();
    await expect(
      page.getByText('There is no finished build of this service before it to compare it with.'),
    ).toBeVisible();
    await expect(rows).toHaveCount(4);
    await page.setViewportSize({ width: 360, height: 800 });
    await look(page, info.outputPath('narrow'));
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
    await project.docker(['image', 'rm', '-f', `${project.name}-web`]).catch(() => undefined);
    await rm(state, { recursive: true });
  }
});
