import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ComposeProject, createComposeProject, webService } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const startMs = 60_000;

let project: ComposeProject;
let state: string;
let holder: Server | undefined;

test.beforeEach(async () => {
  project = await createComposeProject();
  state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
});

test.afterEach(async () => {
  holder?.close();
  holder = undefined;
  await project.remove();
  await rm(state, { recursive: true });
});

const env = () => ({ COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state });

async function holdPort(): Promise<number> {
  const server = createServer();
  holder = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('a project without its .env is told of it, gets one by a form, and starts', async ({ launchApp }, info) => {
  test.setTimeout(240_000);
  await project.write('compose.yaml', {
    services: { web: webService({ environment: { API_KEY: '${API_KEY:?ask the team}' } }) },
  });
  await project.write('.env.example', '# Key of the shop.\nAPI_KEY=\n');
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  const card = page.getByRole('region', { name: 'Before a start: 1 thing in the way' });
  await expect(card).toContainText('the variable API_KEY, which services.web.environment.API_KEY requires, is not set');
  await expect(card).toContainText('There is no file .env, but .env.example shows what belongs into it');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
  await look(page, info.outputPath('missing-env'));

  await card.getByRole('button', { name: 'Create .env' }).click();
  await page.getByRole('region', { name: 'New .env' }).getByLabel('API_KEY').fill('canary-secret');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Every variable that is needed has a value.')).toBeVisible();
  expect(await project.read('.env')).toBe('# Key of the shop.\nAPI_KEY=canary-secret\n');

  await page.getByRole('link', { name: 'Stack' }).click();
  await expect(page.getByText(/in the way/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: startMs });
  expect(problems).toEqual([]);
});

test('a port that is taken is changed to a free one through its variable, and the stack starts', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const taken = await holdPort();
  await project.write('compose.yaml', {
    services: { web: webService({ ports: [`127.0.0.1:\${WEB_PORT:-${taken}}:8000`] }) },
  });
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  const card = page.getByRole('region', { name: 'Before a start: 1 thing in the way' });
  await expect(card).toContainText(`Port ${taken}, which web publishes, is taken by the program`);

  // A start says the same and touches nothing.
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const refused = page.getByRole('region', { name: 'Not started: 1 thing in the way' });
  const repair = refused.getByRole('button', { name: /^Set WEB_PORT to \d+$/ });
  await expect(repair).toBeVisible();
  await look(page, info.outputPath('port-taken'));
  const free = (await repair.innerText()).split(' ').at(-1) ?? '';

  // By keyboard alone, from the finding to the save.
  await repair.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue(free);
  await look(page, info.outputPath('variable'));
  await page.getByRole('button', { name: 'Review', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('insertion')).toHaveText(`WEB_PORT=${free}`);
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => project.read('.env').catch(() => '')).toBe(`WEB_PORT=${free}\n`);
  await page.getByRole('button', { name: 'Apply changes on the Stack page' }).click();
  await expect(page.getByText(/in the way/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText('1 of 1 services healthy')).toBeVisible({ timeout: startMs });
  expect((await fetch(`http://127.0.0.1:${free}/`)).status).toBe(200);
  await expect(page.getByText(/in the way/)).toHaveCount(0);
  expect(problems).toEqual([]);
});
