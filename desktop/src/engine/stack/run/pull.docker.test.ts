import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { action } from '#contract/index.ts';
import { loadModel } from '#engine/compose/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { docker, dockerText } from '#testing/docker-cli.ts';
import { type DrivenProject, idleService, operationsOn } from '#testing/operations-on.ts';
import { answering, registryError, startFaultRegistry } from '#testing/registry/fault-registry.ts';
import { observe } from '../observe.ts';
import { planAction } from '../plan/plan-action.ts';

let project: ComposeProject;
let driven: DrivenProject;

beforeEach(async () => {
  project = await createComposeProject();
  driven = await operationsOn(project, await dockerText('compose', 'version', '--short'));
});

afterEach(async () => {
  driven.gateway.dispose();
  await project.remove();
});

/** An image in the registry of the test run, reached through one that fails as told. */
async function imageBehind(registry: { readonly host: string }): Promise<string> {
  const direct = `${process.env['REGISTRY'] ?? ''}/${project.name}:1`;
  const image = `${registry.host}/${project.name}:1`;
  await docker(['tag', 'qs-test-debian:bookworm', direct]);
  await docker(['push', '-q', direct]);
  await docker(['image', 'rm', direct]);
  onTestFinished(async () => {
    await docker(['image', 'rm', '--force', image]);
  });
  return image;
}

async function faultRegistry() {
  const registry = await startFaultRegistry(process.env['REGISTRY'] ?? '');
  onTestFinished(() => registry.dispose());
  return registry;
}

test('an up whose pull fails in passing says so and comes up', async () => {
  const registry = await faultRegistry();
  const image = await imageBehind(registry);
  registry.fail('manifest', answering(503, ''), { times: 2 });
  await project.write('compose.yaml', { services: { a: idleService({ image }) } });
  const { end, notes } = await driven.run({ verb: 'up' });
  expect(end).toMatchObject({ outcome: 'done' });
  expect(notes[0]).toBe(
    `Pulling ${image}: ${registry.host} answers, but with an error of its own. Trying again in 1 s.`,
  );
});

test('an up whose pull fails for good creates nothing and names image and remedy', async () => {
  const registry = await faultRegistry();
  const image = await imageBehind(registry);
  registry.fail('manifest', answering(403, registryError('DENIED', 'requested access to the resource is denied')));
  await project.write('compose.yaml', { services: { a: idleService({ image }) } });
  const { end } = await driven.run({ verb: 'up' });
  expect(end).toMatchObject({ outcome: 'failed', problem: { code: 'REGISTRY_DENIED' } });
  expect(end.problem?.message).toBe(`${registry.host} does not let everybody have ${image}.`);
  expect(end.problem?.remedy).toContain('sign in');
  expect(await dockerText('ps', '-aq', '--filter', `label=com.docker.compose.project=${project.name}`)).toBe('');
});

test('an image pulled a moment ago is new enough for a policy with a period, and is not later on', async () => {
  const image = await imageBehind(await faultRegistry());
  const { directory, name: projectName } = project;
  await project.write('compose.yaml', { services: { a: idleService({ image, pull_policy: 'every_2h' }) } });
  await docker(['pull', '-q', image]);
  const files = { directory, projectName, files: ['compose.yaml'], envFiles: [], profiles: [], env: process.env };
  const model = await loadModel(files);
  const observed = await observe(driven.gateway, projectName, model);
  const planned = (readAt: number): string[] =>
    planAction(model, { ...observed, readAt }, action.parse({ verb: 'up' })).steps.map(({ id }) => id);
  expect(planned(observed.readAt)).not.toContain(`pull:${image}`);
  expect(planned(observed.readAt + 3 * 3_600_000)).toContain(`pull:${image}`);
});
