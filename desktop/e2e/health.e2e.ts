import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

/** Says as JSON what it needs, as an application does; slow where the file says so. */
const ready = `const {existsSync}=require('fs');const down=existsSync('/state/down');
console.log(JSON.stringify({status:down?'unhealthy':'healthy',checks:{store:{name:'store',status:down?'unhealthy':'healthy',latency_ms:3.5,...(down?{error:'connection refused'}:{})}}}));
process.exit(down?1:0)`.replaceAll('\n', '');

const plain = {
  image: 'node:24-bookworm-slim',
  init: true,
  command: ['sleep', '10000'],
  stop_grace_period: '1s',
  volumes: ['./state:/state:ro'],
};

const watched = {
  ...plain,
  labels: { 'dev.quayside.readiness': JSON.stringify(['CMD', 'node', '-e', ready]) },
  healthcheck: {
    test: ['CMD-SHELL', 'if [ -e /state/down ]; then echo the store is down; exit 1; fi; echo all well'],
    interval: '1s',
    timeout: '10s',
    retries: 2,
    start_period: '5s',
    start_interval: '500ms',
  },
};

test('states, probes with their output, and what an application says of its needs are shown over time', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({
    services: { api: watched, worker: plain },
  });
  await mkdir(join(project.directory, 'state'));
  try {
    await project.docker(['compose', '-p', project.name, 'up', '-d', '--wait']);
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    await page.getByRole('link', { name: 'Health' }).click();
    const api = page.getByRole('region', { name: 'api', exact: true });
    const states = api.getByRole('region', { name: 'States of api' });
    await expect(states.getByRole('listitem')).toHaveText([/Healthy/]);
    const readiness = api.getByRole('region', { name: 'Readiness of api' });
    await expect(readiness.getByText('Ready', { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(readiness.getByRole('row', { name: /store/ })).toContainText('3.5 ms');
    await expect(page.getByRole('region', { name: 'worker', exact: true })).toContainText('It has no health command');

    await project.write('state/down', '');
    await expect(states.getByRole('listitem').first()).toContainText('Unhealthy', { timeout: 40_000 });
    await expect(readiness.getByText('Not ready', { exact: true })).toBeVisible({ timeout: 40_000 });
    await expect(readiness).toContainText('connection refused');
    const probes = api.getByRole('region', { name: 'Probes of api' });
    await probes.getByText('Probes and what they said').click();
    await expect(probes.getByRole('cell', { name: 'the store is down' }).first()).toBeVisible({ timeout: 40_000 });
    await look(page, info.outputPath('unhealthy'));

    await rm(join(project.directory, 'state', 'down'));
    await expect(states.getByRole('listitem').first()).toContainText('Healthy', { timeout: 40_000 });
    await expect(states.getByRole('listitem')).toHaveText([/Healthy/, /Unhealthy/, /Healthy/]);
    // What was written down stays while the page is left.
    await page.reload();
    await expect(states.getByRole('listitem')).toHaveText([/Healthy/, /Unhealthy/, /Healthy/]);
    await page.setViewportSize({ width: 360, height: 800 });
    await look(page, info.outputPath('narrow'));
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});
