import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const sleeper = { image: 'node:24-bookworm-slim', init: true, command: ['sleep', '10000'], stop_grace_period: '1s' };
const service = { ...sleeper, environment: { GREETING: '${GREETING:-hello}' } };
const services = {
  web: { ...service, environment: { ...service.environment, API_KEY: '${API_KEY}' } },
  worker: service,
};
const file = '# What is said first.\nGREETING=hello\nAPI_KEY=canary-secret # of the shop\nOLD=1\n';

let project: ComposeProject;
let state: string;

test.beforeEach(async () => {
  project = await createComposeProject({ services });
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

test.afterEach(async () => {
  await project.remove();
  await rm(state, { recursive: true });
});

const env = () => ({ COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state });

test('a variable is changed: seen before it is saved, applied, and taken back', async ({ launchApp }, info) => {
  test.setTimeout(300_000);
  await project.write('.env', file);
  expect((await quayside(['-C', project.directory, 'up'], env())).status).toBe(0);
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  await page.getByRole('link', { name: 'Configuration' }).click();
  const row = (name: string) =>
    page.getByRole('list', { name: 'Variables' }).getByRole('listitem', { name, exact: true });
  await expect(row('GREETING')).toContainText('What is said first.');
  await expect(row('GREETING')).toContainText('.env, line 2');
  await expect(row('OLD')).toContainText('Not used');
  await look(page, info.outputPath('variables'));

  // A secret is in the page only after it was asked for.
  expect(await page.content()).not.toContain('canary-secret');
  await page.getByRole('button', { name: 'Show the value of API_KEY' }).click();
  await expect(row('API_KEY')).toContainText('canary-secret');
  await page.getByRole('button', { name: 'Hide the value of API_KEY' }).click();
  await expect(row('API_KEY')).not.toContainText('canary-secret');

  // By keyboard alone, from the menu to the save.
  await page.getByRole('button', { name: 'Actions for GREETING' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const value = page.getByRole('textbox', { name: 'Value' });
  await value.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('good $day');
  await page.getByRole('button', { name: 'Review', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Another configuration for web and worker');
  await expect(dialog.getByRole('deletion')).toHaveText('GREETING=hello');
  await expect(dialog.getByRole('insertion')).toHaveText("GREETING='good $day'");
  await expect(dialog).toContainText('API_KEY=********');
  await look(page, info.outputPath('review'));
  expect(await project.read('.env')).toBe(file);
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 services would be recreated because GREETING changed: web and worker.')).toBeVisible();
  const saved = file.replace('GREETING=hello', "GREETING='good $day'");
  expect(await project.read('.env')).toBe(saved);

  await page.getByRole('radio', { name: 'Differences' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'worker' })).toContainText('variable GREETING');
  await look(page, info.outputPath('differences'));
  await page.getByRole('button', { name: 'Apply changes on the Stack page' }).click();
  await page.getByRole('button', { name: 'Apply changes', exact: true }).first().click();
  await expect(dialog).toContainText('2 services recreated');
  await dialog.getByRole('button', { name: 'Apply changes', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Apply changes', exact: true })).toHaveCount(0, { timeout: 60_000 });

  await page.getByRole('link', { name: 'Configuration' }).click();
  await page.getByRole('radio', { name: 'Differences' }).check({ force: true });
  await expect(page.getByText('What runs is what the files say')).toBeVisible();
  await expect(page.getByText('Nothing that runs has to be replaced.')).toBeVisible();
  await page.getByRole('radio', { name: 'Resolved' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Resolved model' })).toContainText('compose.yaml:1$GREETING');
  expect(await page.content()).not.toContain('canary-secret');
  await look(page, info.outputPath('resolved'));
  await page.getByRole('radio', { name: 'Environments' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Default' })).toContainText('compose.yaml');
  await look(page, info.outputPath('environments'));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => project.read('.env')).toBe(file);

  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByText('.env: GREETING changed').first()).toBeVisible();
  await expect(page.getByText('The value of API_KEY')).toBeVisible();
  expect(problems).toEqual([]);
});

test('a file is made from the example; what somebody else saves meanwhile is shown, not lost', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  await project.write('compose.yaml', {
    services: { web: { ...service, environment: { API_KEY: '${API_KEY:?ask the team}' } } },
  });
  await project.write('.env.example', '# What is said first.\nGREETING=hello\n# Key of the shop.\nAPI_KEY=\n');
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  await page.getByRole('link', { name: 'Configuration' }).click();
  await expect(page.getByText('API_KEY has to be set before a start.')).toBeVisible();
  await page.getByRole('button', { name: 'Create from .env.example' }).click();
  await page.getByRole('region', { name: 'New .env' }).getByLabel('API_KEY').fill('canary-secret');
  await look(page, info.outputPath('form'));
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Every variable that is needed has a value.')).toBeVisible();
  expect(await project.read('.env')).toBe(
    '# What is said first.\nGREETING=hello\n# Key of the shop.\nAPI_KEY=canary-secret\n',
  );

  await page.getByRole('button', { name: 'Edit as text' }).click();
  const text = page.getByRole('textbox', { name: 'Text of .env' });
  await expect(text).toHaveValue(/API_KEY=\*{8}\n$/);
  await text.fill(`${await text.inputValue()}BROKEN="\n`);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('It cannot be saved: line 5');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await text.fill((await text.inputValue()).replace('BROKEN="', 'MINE=1'));
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('MINE added');
  await project.write('.env', `${await project.read('.env')}THEIRS=2\n`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('.env was changed by somebody else in the meantime')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('deletion')).toHaveText('THEIRS=2');
  await look(page, info.outputPath('conflict'));
  expect(await project.read('.env')).toContain('THEIRS=2');
  await page.getByRole('button', { name: 'Save all the same' }).click();
  await expect.poll(() => project.read('.env')).toContain('API_KEY=canary-secret\nMINE=1\n');
  expect(problems).toEqual([]);
});
