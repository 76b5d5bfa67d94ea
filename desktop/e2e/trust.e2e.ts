import { attestImage } from '#testing/registry/attest-image.ts';
import { startFakeSigstore } from '#testing/registry/fake-sigstore.ts';
import { createReleaseProject } from '#testing/release-project.ts';
import { look } from './support/look.ts';
import { expect, test } from './support/test.ts';

const workflow = 'acme/shop/.github/workflows/ci-cd.yml';
const by = `https://github.com/${workflow}@refs/heads/main`;

test('a version that the policy refuses says so before it is deployed, one that it only wishes to be signed is warned of', async ({
  launchApp,
}, info) => {
  test.setTimeout(240_000);
  const stack = await createReleaseProject();
  const sigstore = await startFakeSigstore();
  try {
    const { project } = stack;
    const ask = (verify: string) =>
      project.write('quayside.json', {
        policy: { images: [{ match: stack.image('*'), verify, workflow }], trusted_root: 'root.json' },
      });
    await project.write('root.json', sigstore.root);
    await ask('require');
    await stack.push('1.0.0');
    await stack.push('1.1.0');
    for (const [service, beside = ''] of Object.entries(stack.digests('1.0.0')))
      await attestImage(stack, sigstore, { service, beside, by });
    const { page, problems } = await launchApp({
      directory: project.directory,
      env: { COMPOSE_PROJECT_NAME: project.name, QUAYSIDE_STATE_DIR: stack.state },
    });
    await page.getByRole('link', { name: 'Releases' }).click();
    const versions = page.getByRole('list', { name: 'Versions in the registry' }).getByRole('listitem');
    const [signed, unsigned] = ['1.0.0', '1.1.0'].map((version) =>
      versions.filter({ has: page.getByText(version, { exact: true }) }),
    );
    if (signed === undefined || unsigned === undefined) throw new Error('no rows');
    await expect(signed.getByText('Verified: acme/shop').first()).toBeVisible();
    await expect(unsigned.getByText('Refused: unsigned').first()).toBeVisible();
    await signed.getByText('How its images were verified').click();
    await expect(signed.getByText(by)).toHaveCount(2);

    const dialog = page.getByRole('dialog');
    await unsigned.getByRole('button', { name: 'Deploy', exact: true }).click();
    await expect(dialog.getByText('1.1.0 is not deployed')).toBeVisible();
    await expect(dialog.getByText(`Deploy a version that ${workflow} built and signed.`)).toBeVisible();
    await expect(dialog.getByRole('button')).toHaveText(['Close']);
    await look(page, info.outputPath('refused'));
    await dialog.getByRole('button', { name: 'Close' }).click();

    await ask('warn');
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(unsigned.getByText('Unsigned', { exact: true }).first()).toBeVisible();
    await unsigned.getByRole('button', { name: 'Deploy', exact: true }).click();
    await expect(dialog.getByText('Before you go on')).toBeVisible();
    await expect(dialog.getByText(/^api: .+ has no attestation of how it was built\.$/)).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Deploy', exact: true })).toBeEnabled();
    expect(problems).toEqual([]);
  } finally {
    await sigstore.dispose();
    await stack.remove();
  }
});
