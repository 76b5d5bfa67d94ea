import { docker } from '#testing/docker-cli.ts';
import { repositoryAt } from '#testing/registry/artifacts.ts';
import { signature } from '#testing/registry/attestations.ts';
import { createReleaseProject } from '#testing/release-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

/** Time for a deploy or rollback of two tiny services, on a small machine that does other things too. */
const releaseMs = 45_000;

test('deploy a version, see another deployed elsewhere, roll back with one click, see drift', async ({
  launchApp,
}, info) => {
  test.setTimeout(300_000);
  const stack = await createReleaseProject();
  try {
    const { project } = stack;
    await stack.push('1.0.0', {
      labels: {
        'org.opencontainers.image.revision': '0c9d8ee0c9d8ee',
        'dev.quayside.commit.subject': 'Add returns policy',
        'dev.quayside.ci.run': 'https://ci.example/runs/771',
      },
    });
    await stack.push('1.1.0', { labels: { 'dev.quayside.ci.run': 'javascript:alert(1)' } });
    for (const service of ['api', 'page']) {
      const name = stack.image(service).slice(stack.registry.host.length + 1);
      const repository = repositoryAt(stack.registry.host, name);
      await repository.tag('1.1.0', 'main');
      await repository.attach(stack.digests('1.0.0')[service] ?? '', signature);
    }
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: stack.state },
    });
    await page.getByRole('link', { name: 'Releases' }).click();
    await expect(page.getByText('No release yet')).toBeVisible();
    const versions = page.getByRole('list', { name: 'Versions in the registry' }).getByRole('listitem');
    await expect(versions).toHaveCount(2);
    const first = versions.filter({ hasText: '1.0.0' });
    await expect(first.getByText('Add returns policy')).toBeVisible();
    await expect(first.getByText('signed (not verified)')).toBeVisible();
    await expect(versions.filter({ hasText: '1.1.0' }).getByText('also called main')).toBeVisible();
    await expect(page.getByRole('link', { name: 'CI run' })).toHaveAttribute('href', 'https://ci.example/runs/771');

    await first.getByRole('button', { name: 'Deploy', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('2 images downloaded first')).toBeVisible();
    await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
    await expect(page.getByText(/^You are on 1\.0\.0, verified/)).toBeVisible({ timeout: releaseMs });
    await expect(first.getByText('Runs now')).toBeVisible();

    const elsewhere = await stack.run(['deploy', '1.1.0', '--window', '0']);
    expect(elsewhere.status, elsewhere.err).toBe(0);
    await expect(page.getByText(/^You are on 1\.1\.0, verified/)).toBeVisible({ timeout: releaseMs });
    await look(page, info.outputPath('releases'));

    const past = page.getByRole('list', { name: 'Past releases' }).getByRole('listitem');
    await past.filter({ hasText: '1.0.0' }).getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(dialog.getByText('From 1.1.0, which runs: 2 images.')).toBeVisible();
    const images = dialog.getByRole('region', { name: 'Images' }).getByRole('listitem');
    for (const [service, digest = ''] of Object.entries(stack.digests('1.0.0')))
      await expect(images.filter({ hasText: service }).locator('ins')).toContainText(digest.slice(0, 19));
    await look(page, info.outputPath('compare'));
    await dialog.getByRole('button', { name: 'Close' }).click();

    await past.filter({ hasText: '1.0.0' }).getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(dialog.getByText('Nothing has to be downloaded')).toBeVisible();
    await expect(dialog.getByText('quayside rollback 1.0.0')).toBeVisible();
    await dialog.getByText('What it changes: 2 images').click();
    await expect(images).toHaveCount(2);
    await look(page, info.outputPath('rollback'));
    await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(page.getByText(/^You are on 1\.0\.0, verified/)).toBeVisible({ timeout: releaseMs });
    await expect(page.getByText(/^Rolled back to 1\.0\.0 in/)).toBeVisible();
    expect(await stack.running()).toEqual(stack.digests('1.0.0'));
    expect(await stack.served()).toBe('1.0.0');

    await docker(['stop', `${project.name}-page-1`]);
    await expect(page.getByText('page does not run').first()).toBeVisible();
    await expect(page.getByText(/^You are on/)).toBeHidden();
    await look(page, info.outputPath('drift'));
    expect(problems).toEqual([]);
  } finally {
    await stack.remove();
  }
});
