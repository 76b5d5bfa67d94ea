import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { startCutProxy } from '#testing/cut-proxy.ts';
import { docker } from '#testing/docker-cli.ts';
import { expect, test } from './support/test.ts';

const startMs = 60_000;

async function withProject(content: object, use: (project: ComposeProject) => Promise<void>): Promise<void> {
  const project = await createComposeProject(content);
  try {
    await use(project);
  } finally {
    await project.remove();
  }
}

const envOf = (project: ComposeProject, more: Record<string, string> = {}): Record<string, string> => ({
  COMPOSE_PROJECT_NAME: project.name,
  ...more,
});

test('a container removed by hand is missed at once, and Start brings it back', async ({ launchApp }) => {
  await withProject({ services: { web: webService() } }, async (project) => {
    await project.compose('up', '-d', '--wait');
    const { page } = await launchApp({ directory: project.directory, env: envOf(project) });
    await expect(page.getByText('1 of 1 services healthy')).toBeVisible();
    await docker(['rm', '-f', `${project.name}-web-1`]);
    await expect(page.getByText('Not started yet')).toBeVisible();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: startMs });
  });
});

test('an engine that goes away is named, what was seen stays, and it comes back by itself', async ({ launchApp }) => {
  const proxy = await startCutProxy(process.env['DOCKER_HOST'] ?? '');
  try {
    await withProject({ services: { web: webService() } }, async (project) => {
      await project.compose('up', '-d', '--wait');
      const { page } = await launchApp({
        directory: project.directory,
        env: envOf(project, { DOCKER_HOST: proxy.url }),
      });
      await expect(page.getByText('1 of 1 services healthy')).toBeVisible();
      proxy.close();
      await expect(page.getByText(/The Docker Engine stopped answering/)).toBeVisible();
      await expect(
        page
          .getByRole('cell', { name: /web/ })
          .or(page.getByRole('rowheader', { name: /web/ }))
          .first(),
      ).toBeVisible();
      await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeDisabled();
      const seenAsOf = page.getByText(/What you see below is as of/);
      for (const name of ['Health', 'Builds']) {
        await page.getByRole('link', { name, exact: true }).click();
        await expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
        await expect(page.getByText(/The Docker Engine stopped answering/)).toBeVisible();
        await expect(seenAsOf).toHaveCount(name === 'Health' ? 1 : 0);
      }
      const build = page.getByRole('button', { name: 'Build', exact: true });
      await expect(build).toBeDisabled();
      await expect(build).toHaveAttribute('title', 'No Docker Engine answers');
      await page.getByRole('link', { name: 'Stack', exact: true }).click();
      proxy.open();
      await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: 20_000 });
    });
  } finally {
    await proxy.dispose();
  }
});

test('without an engine the page says so and how to start one', async ({ launchApp, smallProject }) => {
  const { page } = await launchApp({
    directory: smallProject,
    env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' },
  });
  await expect(page.getByText('No Docker Engine answers')).toBeVisible();
  await expect(page.getByText(/Start the engine/).first()).toBeVisible();
});

test('broken YAML is shown with line and column, and mending the file mends the page', async ({ launchApp }) => {
  await withProject({}, async (project) => {
    await project.write('compose.yaml', 'services:\n  web:\n    image: [\n');
    const { page } = await launchApp({ directory: project.directory, env: envOf(project) });
    await expect(page.getByText(/compose\.yaml:\d+:\d+/).first()).toBeVisible();
    await project.write('compose.yaml', { services: { web: webService() } });
    await expect(page.getByText('Not started yet')).toBeVisible();
  });
});

test('a build that fails shows the line of the Dockerfile with its output', async ({ launchApp }) => {
  test.setTimeout(2 * startMs);
  await withProject({ services: { web: { build: '.' } } }, async (project) => {
    await project.write('Dockerfile', 'FROM node:24-bookworm-slim\nRUN echo something broke here && exit 3\n');
    const { page } = await launchApp({ directory: project.directory, env: envOf(project) });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText(/line 2/i).first()).toBeVisible({ timeout: startMs });
    await expect(page.getByText(/something broke here/).first()).toBeVisible();
  });
});

test('a service that never gets healthy says why, with what its health command printed', async ({ launchApp }) => {
  const healthcheck = {
    test: ['CMD', 'node', '-e', "console.log('cannot reach the store');process.exit(1)"],
    interval: '500ms',
    retries: 2,
  };
  await withProject({ services: { web: webService({ healthcheck }) } }, async (project) => {
    const { page } = await launchApp({ directory: project.directory, env: envOf(project) });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText(/cannot reach the store/).first()).toBeVisible({ timeout: startMs });
    await expect(page.getByText('Unhealthy').first()).toBeVisible();
  });
});
