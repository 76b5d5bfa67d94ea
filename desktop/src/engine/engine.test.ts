import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import type { Engine } from './types.ts';

let directory: string;
let engine: Engine;

/** Nothing listens there, so that no engine is needed. */
const nowhere = 'unix:///nonexistent/docker.sock';

function open(dockerHost: string): Engine {
  return createEngine({
    directory,
    endpoint: {},
    hostKind: 'test',
    version: '0.0.0',
    env: { DOCKER_HOST: dockerHost },
  });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qs-test-engine-'));
  engine = open(nowhere);
});

afterEach(async () => {
  await engine.dispose();
  await rm(directory, { recursive: true });
});

const write = (file: string, text: string): Promise<void> => writeFile(join(directory, file), text);
const oneService = (name: string): string => `name: ${name}\nservices:\n  web:\n    image: x\n`;

describe('an engine that cannot be told', () => {
  beforeEach(() => {
    engine = open('ssh://somewhere');
  });

  test('is a state with cause and remedy, and the services of the files are shown all the same', async () => {
    await write('compose.yaml', oneService('shop'));
    const state = await engine.stack.get('default');
    expect(state.engine).toMatchObject({ state: 'failed', problem: { code: 'ENGINE_ENDPOINT' } });
    expect(state.services.map(({ name, condition }) => [name, condition])).toEqual([['web', 'missing']]);
    for await (const seen of engine.watchEngine(AbortSignal.timeout(5000))) {
      expect(seen.problem?.remedy).toBeDefined();
      break;
    }
  });

  test('is a blocker of preflight', async () => {
    await write('compose.yaml', oneService('shop'));
    const report = await engine.preflight('default');
    expect(report.ok).toBe(false);
    expect(report.findings).toContainEqual(expect.objectContaining({ check: 'engine', severity: 'blocker' }));
  });
});

describe('the files of a project', () => {
  test('that break keep the project name they had, so that the stack can still be stopped', async () => {
    await write('compose.yaml', oneService('before'));
    expect((await engine.project()).environments[0]).toMatchObject({ project: 'before' });
    await write('compose.yaml', 'services: [');
    await expect
      .poll(async () => (await engine.project()).environments[0], { timeout: 5000 })
      .toMatchObject({ project: 'before', problem: { code: 'COMPOSE_INVALID' } });
  });

  test('are watched: a change reaches whoever watches the stack', async () => {
    await write('compose.yaml', oneService('before'));
    const projects: string[] = [];
    for await (const state of engine.stack.watch('default', AbortSignal.timeout(10_000))) {
      projects.push(state.project);
      if (projects.length === 1) await write('compose.yaml', oneService('after'));
      if (state.project === 'after') break;
    }
    expect(projects).toEqual(['before', 'after']);
  });

  test('that are missing are told as a problem of the project', async () => {
    expect((await engine.project()).problem).toMatchObject({ code: 'PROJECT_NOT_FOUND' });
    await expect(engine.stack.get('default')).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });

  test('an environment that does not exist is refused with those that do', async () => {
    await write('compose.yaml', oneService('shop'));
    await expect(engine.stack.get('staging')).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
  });
});
