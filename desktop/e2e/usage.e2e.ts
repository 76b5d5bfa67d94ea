import { createComposeProject } from '#testing/compose-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const plain = { image: 'node:24-bookworm-slim', init: true, stop_grace_period: '1s' };
/** `tail` keeps what has no line end: more than nine tenths of the limit, and not so much as to be killed. */
const keep = '(head -c 62000000 /dev/zero; sleep 10000) | tail';

test('each service shows what it uses; one near its limit says so, and one that stops leaves a gap', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const project = await createComposeProject({
    services: {
      busy: { ...plain, command: ['node', '-e', 'for(;;);'], cpus: 0.5 },
      full: { ...plain, command: ['sh', '-c', keep], mem_limit: '64m' },
    },
  });
  try {
    await project.compose('up', '-d');
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name },
    });
    await page.setViewportSize({ width: 1280, height: 800 });
    const services = page.getByRole('region', { name: 'Services' });
    const row = (name: string) => services.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    const cpu = row('busy').getByRole('img', { name: /^CPU in the last five minutes/ });
    await expect(cpu).toHaveAccessibleName(/now \d+ %, at most \d+ %/, { timeout: 40_000 });
    await expect(row('busy').getByRole('img', { name: /^Memory/ })).toHaveAccessibleName(/now [\d.]+ MB, at most/);
    await expect(row('full')).toContainText(/near its limit of 64 MB/, { timeout: 40_000 });
    await expect(row('busy')).not.toContainText('limit');
    await expect(services).toContainText('read every 5 s while this page is in sight');
    await expect(cpu.locator('polyline')).toHaveCount(1, { timeout: 40_000 });

    await project.compose('stop', 'busy');
    await expect(cpu).toHaveAccessibleName(/now not known/, { timeout: 40_000 });
    await project.compose('start', 'busy');
    await expect(cpu).toHaveAccessibleName(/now \d+ %/, { timeout: 40_000 });
    await expect(cpu.locator('polyline')).toHaveCount(2, { timeout: 40_000 });
    await look(page, info.outputPath('usage'));

    await page.setViewportSize({ width: 360, height: 800 });
    await expect(row('full')).toContainText(/memory [\d.]+ MB \(\d+ %\): near its limit of 64 MB/);
    await look(page, info.outputPath('usage-narrow'));
    expect(problems).toEqual([]);
  } finally {
    await project.remove();
  }
});

test('while nobody moves, and while the page is out of sight, it is read seldom or not at all', async ({
  launchApp,
}) => {
  test.setTimeout(120_000);
  const project = await createComposeProject({ services: { web: { ...plain, command: ['sleep', '10000'] } } });
  try {
    await project.compose('up', '-d');
    const { page } = await launchApp({ directory: project.directory, env: { COMPOSE_PROJECT_NAME: project.name } });
    const services = page.getByRole('region', { name: 'Services' });
    await expect(services).toContainText('read every 5 s', { timeout: 40_000 });
    await page.clock.install();
    await page.getByRole('link', { name: 'Logs' }).click();
    await page.getByRole('link', { name: 'Stack' }).click();
    await page.mouse.move(5, 5);
    await page.clock.fastForward(121_000);
    await expect(services).toContainText('read every 30 s', { timeout: 60_000 });
    await page.mouse.move(50, 50);
    await expect(services).toContainText('read every 5 s', { timeout: 60_000 });
  } finally {
    await project.remove();
  }
});
