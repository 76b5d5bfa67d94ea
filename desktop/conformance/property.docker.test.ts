import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configJson, loadModel, serviceHash } from '#engine/compose/index.ts';
import { type Case, cliArguments, environmentOf, requestOf, withFolder } from './case.ts';
import { differences } from './differences.ts';
import { anyEnvFile, anyService, surroundings } from './made-up.ts';
import { mainReference } from './reference.ts';

const reference = await mainReference();

/** The same projects every time, as many as the time allows; QUAYSIDE_SEED makes up others. */
const bounds = {
  seed: Number(process.env['QUAYSIDE_SEED'] ?? 1),
  endOnFailure: true,
  interruptAfterTimeLimit: 120_000,
} as const;

/** Model and hashes of a project by both tools; the project's text is part of a failure. */
async function compareProject(one: Case, withHashes: boolean): Promise<void> {
  await withFolder(one, async (folder) => {
    const options = { cwd: folder, env: environmentOf(one) };
    const config = await reference.run([...cliArguments(one), 'config', '--format', 'json'], options);
    expect(config.ok, `${config.stderr}\n${JSON.stringify(one.files, null, 1)}`).toBe(true);
    const model = await loadModel(requestOf(one, folder));
    const ours: unknown = JSON.parse(configJson(model, reference.profile));
    expect(differences(ours, JSON.parse(config.stdout)), JSON.stringify(one.files, null, 1)).toEqual([]);
    if (!withHashes) return;
    const hashes = await reference.run([...cliArguments(one), 'config', '--hash', '*'], options);
    const theirs = hashes.stdout.trim().split('\n').sort();
    const own = [...model.services]
      .map(([name, service]) => `${name} ${serviceHash(service, reference.profile)}`)
      .sort();
    expect(own, JSON.stringify(one.files, null, 1)).toEqual(theirs);
  });
}

test('made-up projects have the model and the hashes of docker compose', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyService, { minLength: 4, maxLength: 10 }), async (bodies) => {
      const services = Object.fromEntries(bodies.map((body, index) => [`s${index}`, { image: 'x', ...body }]));
      const text = JSON.stringify({ name: 'qs-made-up', services, volumes: { vol: {} } });
      await compareProject({ name: 'made up', files: { 'compose.yml': text }, env: surroundings }, true);
    }),
    { ...bounds, numRuns: 25 },
  );
});

test('made-up env files set what docker compose sets', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEnvFile, { minLength: 6, maxLength: 12 }), async (texts) => {
      const files = Object.fromEntries(texts.map((text, index) => [`${index}.env`, text]));
      const services = Object.fromEntries(
        texts.map((_, index) => [`s${index}`, { image: 'x', env_file: [`${index}.env`] }]),
      );
      const one = {
        name: 'made up',
        files: { 'compose.yml': JSON.stringify({ name: 'qs-made-up', services }), ...files },
        env: surroundings,
      };
      await compareProject(one, false);
    }),
    { ...bounds, numRuns: 20 },
  );
});
