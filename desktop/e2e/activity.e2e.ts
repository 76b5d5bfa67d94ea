import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createComposeProject } from '#testing/compose-project.ts';
import { quayside } from '#testing/quayside-command.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const sleeper = { image: 'node:24-bookworm-slim', init: true, command: ['sleep', '10000'], stop_grace_period: '1s' };

test('what was done by the panel and by the command is in one log, in which a change shows', async ({
  launchApp,
}, info) => {
  test.setTimeout(120_000);
  const project = await createComposeProject({ services: { web: sleeper } });
  const state = await mkdtemp(join(tmpdir(), 'qs-test-state-'));
  const run = (...args: string[]) =>
    quayside(['-C', project.directory, '-p', project.name, ...args], { QUAYSIDE_STATE_DIR: state });
  try {
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: state },
    });
    await page.getByRole('link', { name: 'Activity' }).click();
    await expect(page.getByText('Nothing was done yet')).toBeVisible();
    await look(page, info.outputPath('empty'));

    expect((await run('up')).status).toBe(0);
    const rows = page.getByRole('main').getByRole('listitem');
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText('command line');
    await expect(rows.first()).toContainText('Done');

    await page.getByRole('link', { name: 'Stack' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
    await page.getByRole('link', { name: 'Activity' }).click();
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('Stop');
    await page.getByRole('searchbox', { name: 'Search activity' }).fill('command line');
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search activity' }).fill('stop');
    await expect(rows).toHaveCount(1);
    await page.getByRole('searchbox', { name: 'Search activity' }).fill('');

    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(page.getByText('The log is as it was written: 4 entries.')).toBeVisible();
    expect((await run('activity', 'verify')).status).toBe(0);
    await look(page, info.outputPath('activity'));
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    const listed = await run('--json', 'activity');
    const told = listed.out.split('\n').filter((line) => line.includes('"event"'));
    expect(text.trim().split('\n')).toHaveLength(4);
    expect(told.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2, 3, 4]);

    // What is cut away at the end shows only by the note beside the log.
    const file = join(state, 'activity', 'activity.ndjson');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.split('\n').slice(0, 3).join('\n'));
    expect((await run('activity', 'verify')).out).toContain('Entries 4 to 4, the last ones, are missing.');
    await writeFile(file, whole);
    await writeFile(file, (await readFile(file, 'utf8')).replace('stop', 'boot'));
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(page.getByText('Entry 3 was changed, or the one before it.')).toBeVisible();
    await look(page, info.outputPath('changed'));
    const verified = await run('activity', 'verify');
    expect(verified.status).toBe(1);
    expect(verified.out).toContain('activity.ndjson:3');
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
    await rm(state, { recursive: true });
  }
});
