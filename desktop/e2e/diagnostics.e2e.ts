import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

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

const env = () => ({ COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state });

test('a bundle is looked through, files are left out of it, and it is saved as one file without a secret', async ({
  launchApp,
}, info) => {
  test.setTimeout(120_000);
  const say = "console.log('using', process.env.API_KEY); setInterval(() => undefined, 1000)";
  await project.write('.env', 'API_KEY=canary-secret\n');
  await project.write('compose.yaml', {
    services: {
      web: {
        image: 'node:24-bookworm-slim',
        init: true,
        command: ['node', '-e', say],
        stop_grace_period: '1s',
        environment: { API_KEY: '${API_KEY}' },
      },
    },
  });
  await project.compose('up', '-d');
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  const list = page.getByRole('region', { name: 'In the bundle' });
  await list.getByRole('button', { name: /^logs\/web\.log/ }).click();
  await expect(page.getByRole('region', { name: 'Text of logs/web.log' })).toContainText('using ********');
  await look(page, info.outputPath('diagnostics'));

  // By keyboard: the choice of what goes along, what is in it, and the save.
  await list.getByRole('checkbox', { name: 'Include activity.json' }).focus();
  await page.keyboard.press('Space');
  await list.getByRole('button', { name: /^model\.yaml/ }).focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('region', { name: 'Text of model.yaml' });
  await expect(text).toContainText('API_KEY');
  const shown = await text.innerText();
  const saving = page.waitForEvent('download');
  await list.getByRole('button', { name: 'Save bundle' }).focus();
  await page.keyboard.press('Enter');
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^quayside-diagnostics-${project.name}-.*\\.zip$`));
  await expect(list.getByRole('status')).toContainText('Saved quayside-diagnostics-');
  const files = unzipSync(await readFile(await saved.path()));
  expect(Object.keys(files)).not.toContain('activity.json');
  expect(strFromU8(files['model.yaml'] ?? new Uint8Array()).trim()).toBe(shown.trim());
  for (const [name, bytes] of Object.entries(files)) expect(strFromU8(bytes), name).not.toContain('canary');

  // What was left out stays out.
  await page.getByRole('button', { name: 'Gather again' }).click();
  await expect(list.getByRole('checkbox', { name: 'Include activity.json' })).not.toBeChecked();
  await expect(list.getByRole('checkbox', { name: 'Include model.yaml' })).toBeChecked();
  expect(problems).toEqual([]);
});

test('a folder without compose files has a bundle too, and an error leads to it', async ({ launchApp }, info) => {
  const { page, problems } = await launchApp({ directory: project.directory, env: env() });
  await expect(page.getByRole('heading', { name: 'There are no compose files in this folder' })).toBeVisible();
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  await page.getByRole('button', { name: /^engine\.json/ }).click();
  await expect(page.getByRole('region', { name: 'Text of engine.json' })).toContainText('"state": "connected"');
  await look(page, info.outputPath('bare'));

  // An error leads here.
  await project.write('compose.yaml', 'services: [\n');
  await page.getByRole('link', { name: 'Stack' }).click();
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByRole('button', { name: 'Get help with this' }).click();
  const heading = page.getByRole('heading', { level: 1, name: 'Diagnostics' });
  await expect(heading).toBeVisible();

  // So do Settings and the palette.
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(heading).toHaveCount(0);
  await page.getByRole('button', { name: 'Make a diagnostics bundle' }).click();
  await expect(heading).toBeVisible();
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(heading).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await palette.getByRole('combobox', { name: 'Commands' }).fill('diagnostics bundle');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(heading).toBeVisible();
  expect(problems).toEqual([]);
});
