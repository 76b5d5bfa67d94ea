import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { inRoot } from '../lib/paths.mjs';
import { readWorkflow } from '../lib/workflow-rules.mjs';

const workflow = readWorkflow(readFileSync(inRoot('.github', 'workflows', 'desktop-release.yml'), 'utf8')).workflow;
const step = (name) => workflow.jobs.package.steps.find((one) => one.name === name);
const manifest = JSON.parse(readFileSync(inRoot('desktop', 'package.json'), 'utf8'));

/** A configuration as electron-builder itself puts it together; it refuses what its schema does not know. */
async function effective(file) {
  const { getConfig, validateConfiguration } = createRequire(inRoot('desktop', 'package.json'))(
    'app-builder-lib/out/util/config/config.js',
  );
  const config = await getConfig(inRoot('desktop'), file, null);
  await validateConfiguration(config, { isEnabled: false, add: () => undefined });
  return config;
}

/** Patterns of file names in a line of a script. */
const patterns = (line) => [...line.matchAll(/[\w-]*\*[\w.]*/g)].map(([pattern]) => pattern).toSorted();
const lineOf = (script, beginning) => script.split('\n').find((line) => line.trimStart().startsWith(beginning));

test('a release knows where the next one will be; a package that somebody makes for themselves does not', {
  timeout: 60_000,
}, async () => {
  // The first to load electron-builder, which takes seconds on a busy machine.
  const [own, release] = [
    await effective('../electron-builder.yml'),
    await effective('../electron-builder.release.yml'),
  ];
  expect(own.publish).toBeNull();
  expect(release.publish).toMatchObject({ provider: 'github', tagNamePrefix: 'desktop-v' });
  for (const name of ['electronFuses', 'win', 'mac', 'linux', 'nsis', 'asar', 'appId'])
    expect(release[name], name).toEqual(own[name]);
  expect(workflow.on.push.tags).toEqual([expect.stringMatching(/^desktop-v/)]);
});

test('the workflow sets every variable of that, and publishes nothing by itself', async () => {
  const { publish } = await effective('../electron-builder.release.yml');
  const { env, run } = step('package');
  const wanted = Object.values(publish).flatMap((value) => /^\$\{env\.(\w+)\}$/.exec(value)?.[1] ?? []);
  expect(wanted).toHaveLength(2);
  for (const name of wanted) expect(env[name], name).toMatch(/^\$\{\{ github\.[\w.]+ \}\}$/);
  expect(run).toContain('--config ../electron-builder.release.yml');
  expect(run).toContain('--publish never');
});

test('a prerelease is never the latest release, and a release is called by the version of its app', () => {
  expect(workflow.jobs.draft.steps[0].run).toMatch(/in \*-\*\) kind=\(--prerelease\)/);
  expect(workflow.jobs.package.steps.map(({ run }) => run)).toContainEqual(
    expect.stringContaining('"desktop-v$(node --print'),
  );
});

test('on Windows an update has to be signed, by the name that is written down', async () => {
  const { win, nsis } = await effective('../electron-builder.release.yml');
  expect(win.verifyUpdateCodeSignature).toBe(true);
  expect(win.signtoolOptions.publisherName).toMatch(/\w/);
  // GitHub would give a name with blanks another one, and the update would not be found.
  expect(nsis.artifactName).not.toMatch(/\s/);
});

test('what copies read to find an update is checksummed, uploaded and verified like the apps', () => {
  const uploaded = patterns(lineOf(step('upload').run, 'gh release upload'));
  const verified = patterns(lineOf(workflow.jobs.verify.steps[0].run, 'for file in'));
  const summed = patterns(`${lineOf(step('checksums').run, 'files=')} ${lineOf(step('checksums').run, 'updates=')}`);
  expect(uploaded).toEqual(expect.arrayContaining(['latest*.yml', '*.blockmap', 'SHA256SUMS-*']));
  expect(verified).toEqual(uploaded.filter((pattern) => pattern !== 'SHA256SUMS-*'));
  expect(summed).toEqual(verified);
});

test('what the bundle leaves out is taken along as a package', async () => {
  const { default: config } = await import(inRoot('desktop', 'electron.vite.config.ts'));
  const { external } = config.main.build.rolldownOptions;
  for (const name of ['docker-modem', 'electron-updater', 'docker-modem/lib/modem.js'])
    expect(external.test(name)).toBe(true);
  for (const name of ['electron-updater-x', 'semver', './docker-modem']) expect(external.test(name)).toBe(false);
  expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(['docker-modem', 'electron-updater']));
});
