import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';
import { expect, test } from './support/test.ts';

const canary = `QS-CANARY-${randomUUID()}`;
const login = Buffer.from(`robot:${canary}`).toString('base64');
/** The ways in which it may be written. */
const spellings = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64'), login];

/** A program that says its secret wherever it can. */
const talkative = `
const token = process.env.API_TOKEN;
console.log('started with ' + token);
console.log(JSON.stringify({ level: 30, msg: 'connected to db://shop:' + token + '@db', headers: { authorization: 'Bearer ' + token } }));
console.error(JSON.stringify({ level: 50, msg: 'refused', body: JSON.stringify({ deep: token }) }));
setInterval(() => console.log('still using ' + token), 500);
`;

/** Asked on the page of health; says no, and why. */
const readiness = JSON.stringify(['CMD', 'node', '-e', 'console.log("needs", process.env.API_TOKEN); process.exit(1)']);

let project: ComposeProject;
let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-test-canary-'));
  const auths = { 'registry.example': { auth: login } };
  writeFileSync(at('config.json'), JSON.stringify({ auths }), { mode: 0o600 });
  project = await createComposeProject();
  await project.write('.env', `API_TOKEN=${canary}\n`);
  await project.write('say.js', talkative);
  await project.write(
    'Dockerfile',
    'FROM node:24-bookworm-slim\nARG API_TOKEN\nRUN echo "building with $API_TOKEN"\nCOPY say.js /say.js\n',
  );
  await project.write('compose.yaml', {
    services: {
      web: {
        build: { context: '.', args: { API_TOKEN: '${API_TOKEN}' } },
        init: true,
        command: ['node', '/say.js'],
        environment: { API_TOKEN: '${API_TOKEN}' },
        labels: { 'com.example.token': '${API_TOKEN}', 'dev.quayside.readiness': readiness },
        stop_grace_period: '1s',
        healthcheck: {
          test: ['CMD', 'node', '-e', 'console.log("probe", process.env.API_TOKEN)'],
          interval: '1s',
          start_period: '5s',
          start_interval: '500ms',
        },
      },
    },
  });
});

test.afterEach(async () => {
  await project.docker(['image', 'rm', '-f', `${project.name}-web`]).catch(() => undefined);
  await project.remove();
  rmSync(folder, { recursive: true });
});

/** Where the secret was seen, of everything that was looked at. */
class Watch {
  readonly found: string[] = [];
  looked = 0;

  look(where: string, text: string): void {
    this.looked += 1;
    if (spellings.some((spelling) => text.includes(spelling))) this.found.push(where);
  }

  async page(page: Page, where: string): Promise<void> {
    this.look(`page ${where}`, await page.content());
    this.look(`address of ${where}`, decodeURIComponent(page.url()));
    const kept = () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]);
    this.look(`storage at ${where}`, await page.evaluate(kept));
  }

  files(path: string): void {
    for (const name of readdirSync(path)) {
      const file = join(path, name);
      this.look(`name of ${file}`, name);
      if (statSync(file).isDirectory()) this.files(file);
      else this.look(`file ${file}`, readFileSync(file, 'latin1'));
    }
  }

  /** Command lines of all processes but those of the container, and of this test. */
  processes(): void {
    for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
      try {
        this.look(`command line of process ${name}`, readFileSync(`/proc/${name}/cmdline`, 'latin1'));
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

/** Opens whatever on the page can be opened, once. */
async function unfold(page: Page): Promise<void> {
  // A menu shuts everything else off as long as it is open, and holds nothing but actions.
  const closed = page.locator('main [aria-expanded="false"]:not([aria-haspopup="menu"]):visible');
  for (let left = Math.min(await closed.count(), 20); left > 0; left -= 1) {
    await closed
      .first()
      .click({ timeout: 2_000 })
      .catch(() => undefined);
  }
}

test('a secret that is everywhere is shown nowhere', async ({ launchApp }) => {
  test.setTimeout(240_000);
  const watch = new Watch();
  const env = { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: at('state'), DOCKER_CONFIG: folder };
  const { page, problems, output } = await launchApp({ directory: project.directory, env });
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      watch.look('a message to the page', payload.toString());
    });
  });
  page.setDefaultTimeout(20_000);
  // The connection of before was not listened to.
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.reload();

  await page.getByRole('link', { name: 'Builds', exact: true }).click();
  await page.getByRole('button', { name: 'Build', exact: true }).click();
  const steps = page.getByRole('list', { name: 'Steps of the build of web' });
  await expect(steps).toBeVisible({ timeout: 60_000 });
  watch.processes();
  await steps.getByText('RUN echo "building with').click({ timeout: 60_000 });
  await expect(steps.getByText('building with ********').first()).toBeVisible();
  await watch.page(page, 'Builds while it builds');
  await page.getByRole('link', { name: 'Stack', exact: true }).click();
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeEnabled({ timeout: 60_000 });
  await start.click();
  await expect(page.getByText('1 of 1 services healthy').first()).toBeVisible({ timeout: 60_000 });

  for (const name of ['Stack', 'Logs', 'Health', 'Releases', 'Builds', 'Configuration', 'Activity', 'Settings']) {
    await page.getByRole('link', { name, exact: true }).click();
    if (name === 'Health') await expect(page.getByText('needs ********').first()).toBeVisible();
    if (name === 'Logs') {
      await expect(page.getByText('still using ********').first()).toBeVisible();
      const search = page.getByRole('searchbox', { name: 'Search logs' });
      await search.fill('connected to db');
      await page.getByRole('row').filter({ hasText: 'connected to db' }).click();
      await expect(page.getByText('Bearer ********').first()).toBeVisible();
      await watch.page(page, 'Logs with one line in detail');
      await page.getByRole('button', { name: 'Clear filters' }).click();
    }
    await unfold(page);
    await watch.page(page, name);
  }
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  const exporting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  watch.look('exported lines', readFileSync(await (await exporting).path(), 'utf8'));
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save bundle' }).click();
  const bundle = unzipSync(readFileSync(await (await saving).path()));
  for (const [name, bytes] of Object.entries(bundle))
    watch.look(`bundle ${name}`, Buffer.from(bytes).toString('latin1'));
  await watch.page(page, 'Diagnostics');
  watch.look('output of the host', output());

  for (const args of [
    ['ps'],
    ['--json', 'ps'],
    ['logs', '--tail', '50'],
    ['--json', 'logs', '--tail', '50'],
    ['env'],
    ['builds', 'web', '--logs'],
    ['activity'],
    ['up', '--build'],
    ['preflight'],
  ]) {
    const ended = await quayside(['-C', project.directory, ...args], env);
    expect(ended, args.join(' ')).toMatchObject({ status: 0 });
    watch.look(`quayside ${args.join(' ')}`, ended.out + ended.err);
  }
  watch.files(at('state'));

  // It really was where it could have been seen from.
  expect(await project.docker(['logs', `${project.name}-web-1`])).toContain(`still using ${canary}`);
  expect(await project.docker(['inspect', `${project.name}-web-1`])).toContain(`"com.example.token": "${canary}"`);
  expect(watch.looked).toBeGreaterThan(100);
  expect(watch.found).toEqual([]);
  expect(problems).toEqual([]);
});
