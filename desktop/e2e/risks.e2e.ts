import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const startMs = 60_000;

let project: ComposeProject;
let state: string;

test.beforeEach(async () => {
  project = await createComposeProject();
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

test.afterEach(async () => {
  await project.remove();
  await rm(state, { recursive: true });
});

test('files that ask for more of the machine start once the name of the project is typed, and are not asked again', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const asking = (environment: object) => ({
    services: { web: webService({ environment, cap_add: ['SYS_TIME'], volumes: ['/srv:/x:ro'] }) },
  });
  await project.write('compose.yaml', asking({}));
  const env = { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state };
  const { page, problems } = await launchApp({ directory: project.directory, env });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(dialog).toContainText('the service web has the further capability SYS_TIME');
  await expect(dialog).toContainText('the service web mounts /srv, outside the project');
  await expect(dialog).toContainText(/compose\.yaml:\d+/);
  const start = dialog.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeDisabled();
  await dialog.getByRole('textbox').fill('another');
  await expect(start).toBeDisabled();
  await look(page, info.outputPath('agreement'));
  // Left without agreeing: nothing is made.
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await project.docker(['ps', '-aq', '--filter', `label=com.docker.compose.project=${project.name}`])).toBe('');

  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await dialog.getByRole('textbox').fill(project.name);
  await start.click();
  await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: startMs });

  await project.write('compose.yaml', asking({ CHANGED: 'yes' }));
  await page.getByRole('button', { name: 'Apply changes', exact: true }).click();
  await expect(dialog).toContainText('Data volumes stay as they are.');
  await expect(dialog.getByRole('textbox')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Apply changes', exact: true }).click();
  const running = ['inspect', '--format', '{{.State.Health.Status}} {{json .Config.Env}}', `${project.name}-web-1`];
  const now = (): Promise<string> => project.docker(running).catch(() => '');
  await expect.poll(now, { timeout: startMs }).toMatch(/^healthy .*CHANGED=yes/);
  await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: startMs });
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled({ timeout: startMs });
  expect(problems).toEqual([]);
});
