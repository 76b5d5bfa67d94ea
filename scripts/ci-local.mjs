import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { bake, factsOf } from './ci/images.mjs';
import { digestIn, workingCopy } from './ci/local-parts.mjs';
import { localShop } from './ci/local-shop.mjs';
import { ensureBuild } from './lib/build.mjs';
import { engineForTests } from './lib/engine.mjs';
import { say, step } from './lib/say.mjs';
import { prepare } from './lib/setup.mjs';
import { main, misuse, Trouble } from './lib/trouble.mjs';
import { down } from './testbed/down.mjs';
import { layout } from './testbed/layout.mjs';

const services = ['backend', 'frontend'];

/** Builds a version with CI's own definition and pushes it; returns its digests as the registry tells them. */
async function publish({ registry, env, folder }, version) {
  const variables = { ...(await factsOf(process.env)), VERSION: version, REGISTRY: registry };
  await bake(variables, ['--push'], { cwd: folder, env });
  const digests = services.map(async (name) => [name, await digestIn(registry, `ecommerce-rag-${name}`, version)]);
  return Object.fromEntries(await Promise.all(digests));
}

/** Looks from outside, by other means than Quayside: digests as the engine tells them, the version as the page tells it. */
async function expectRunning(shop, version, digests) {
  const running = await shop.running();
  if (!isDeepStrictEqual(running, digests)) {
    throw new Trouble(`${version} should run (${JSON.stringify(digests)}), and this does: ${JSON.stringify(running)}`);
  }
  const served = await shop.served();
  for (const [name, told] of Object.entries(served)) {
    if (told !== version) throw new Trouble(`The ${name} says that it is ${told}, and it should be ${version}.`);
  }
  return `${version}, by digest and by its own word`;
}

/** The list of versions that people choose from has to tell what was committed. */
async function expectListed(shop, versions) {
  const { COMMIT_SUBJECT: subject, COMMIT_AUTHOR: author } = await factsOf(process.env);
  const { releases } = JSON.parse(await shop.quayside('--json', 'releases', '--remote'));
  for (const version of versions) {
    const told = releases.find((release) => release.version === version)?.provenance ?? {};
    if (told.subject !== subject || told.author !== author) {
      throw new Trouble(
        `${version} is listed as "${told.subject}" by ${told.author}, not as "${subject}" by ${author}.`,
      );
    }
  }
  return subject;
}

async function rehearse(env) {
  const registry = `${env.REGISTRY}/qs-test-ci-${randomBytes(4).toString('hex')}`;
  const folder = workingCopy();
  const shop = await localShop({ folder: folder.path, registry, env });
  const [one, two] = ['1.0.0', '1.1.0'];
  try {
    const published = {};
    for (const version of [one, two]) {
      await step(`build and push ${version}`, async () => {
        published[version] = await publish({ registry, env, folder: folder.path }, version);
        return '';
      });
    }
    await step('versions in the registry', () => expectListed(shop, [one, two]));
    for (const version of [one, two]) {
      const digests = services.flatMap((name) => ['--digest', `${name}=${published[version][name]}`]);
      await step(`deploy ${version}`, () => shop.quayside('deploy', version, ...digests));
      await step('look from outside', () => expectRunning(shop, version, published[version]));
    }
    await step('verify', () => shop.quayside('verify'));
    await step(`roll back to ${one}`, () => shop.quayside('rollback', one));
    await step('look from outside', () => expectRunning(shop, one, published[one]));
  } finally {
    await shop.remove();
    folder.remove();
  }
}

await main(async () => {
  if (process.argv.length > 2) throw misuse('`npm run ci:local` takes no arguments.', 'Usage: npm run ci:local');
  await prepare();
  const engine = await engineForTests();
  try {
    if (!engine.env.REGISTRY && !process.env.REGISTRY) {
      throw new Trouble(
        'There is no registry to push to.',
        'Name one in REGISTRY, as host:port, or unset DOCKER_HOST to use the testbed.',
      );
    }
    await step('build', ensureBuild, { quiet: true });
    await rehearse({ ...process.env, ...engine.env });
    say('\nBuilt, pushed, deployed twice and rolled back, each seen from outside.');
  } finally {
    if (engine.started) await down(layout());
  }
});
