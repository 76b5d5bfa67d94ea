import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const startMs = 90_000;
const plain = {
  image: 'node:24-bookworm-slim',
  init: true,
  command: ['sleep', '10000'],
  stop_grace_period: '1s',
};
/** Well from the time at which the test says so. */
const gated = {
  ...plain,
  volumes: ['./state:/state:ro'],
  healthcheck: {
    test: ['CMD-SHELL', 'if [ -e /state/up ]; then echo open; else echo the store is closed; exit 1; fi'],
    interval: '1s',
    timeout: '10s',
    retries: 500,
  },
};
const after = (service: string) => ({ ...plain, depends_on: { [service]: { condition: 'service_healthy' } } });

test('while services wait, the chain of what holds them up stands there with its probes, and goes when all is well', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({
    // Named so that neither the files nor the alphabet have the order of the chain.
    services: {
      api: { ...after('store'), healthcheck: gated.healthcheck, volumes: gated.volumes },
      page: after('api'),
      store: gated,
      aside: plain,
    },
  });
  await mkdir(join(project.directory, 'state'));
  try {
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const card = page.getByRole('region', { name: 'Starting: why it waits' });
    const rows = card.getByRole('list').first().getByRole('listitem');
    const [store, api, last] = [rows.nth(0), rows.nth(1), rows.nth(2)];
    await expect(store).toContainText('the store is closed', { timeout: startMs });
    await expect(rows).toHaveCount(3);
    await expect(store.getByText('store', { exact: true })).toBeVisible();
    await expect(api).toContainText('waits for store to be healthy');
    await expect(last).toContainText('waits for api to be healthy');
    await expect(store.getByRole('img', { name: /starting \d+ s, .*probes? failed/ })).toBeVisible();
    await expect(api.getByRole('img', { name: /^held back \d+ s$/ })).toBeVisible();
    await expect(card.getByRole('list', { name: 'What the lines show' })).toHaveText('held backstartingprobe failed');
    await look(page, info.outputPath('waiting'));
    await page.setViewportSize({ width: 360, height: 900 });
    await last.scrollIntoViewIfNeeded();
    await look(page, info.outputPath('waiting-narrow'));

    // What waited for it goes on, and the one that holds nobody up any more says what it did.
    await project.write('state/up', '');
    await expect(page.getByText(/^Start done/)).toBeVisible({ timeout: startMs });
    await expect(card).toHaveCount(0);
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
