import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startLocalRegistry } from '#testing/registry/local-registry.ts';
import { configWithLogin, pushImage } from '#testing/registry/push-image.ts';
import type { BuildEvent, BuildRequest } from '../../types.ts';
import { buildImage } from '../build-image.ts';
import { folderWith, type Tree } from '../fixtures/folder.ts';
import { containing } from '../fixtures/like.ts';
import { docker, realTransport, removeImageLater } from '../fixtures/real-engine.ts';
import { ofType, requestFor } from '../fixtures/request.ts';

const BASE = 'qs-test-debian:bookworm';
const salt = (): string => randomBytes(8).toString('hex');

function newTag(): string {
  const tag = `qs-test-se-classic-${randomBytes(4).toString('hex')}:t`;
  removeImageLater(tag);
  return tag;
}

/** Builds with the classic builder. */
async function build(tree: Tree, more: Partial<BuildRequest> = {}, env: NodeJS.ProcessEnv = {}): Promise<BuildEvent[]> {
  const request = requestFor(await folderWith(tree), more);
  const all: BuildEvent[] = [];
  const surroundings = { ...process.env, DOCKER_BUILDKIT: '0', ...env };
  for await (const event of buildImage(realTransport(), request, { env: surroundings })) all.push(event);
  return all;
}

const configured = z.object({
  Env: z.array(z.string()),
  Cmd: z.array(z.string()),
  WorkingDir: z.string(),
  User: z.string(),
  Labels: z.record(z.string(), z.string()),
});

async function configOf(image: string) {
  return configured.parse(JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config}}', image)));
}

test('makes the image that the reference makes, and tells its steps in the same model as BuildKit', async () => {
  const dockerfile = [
    'ARG WHO=nobody',
    `FROM ${BASE} AS one`,
    'ARG A=no',
    `RUN echo "$A héllo" ${salt()} && echo err >&2`,
    'FROM one',
    'ENV X=y',
    'WORKDIR /w',
    'COPY a b',
    'USER nobody',
    'LABEL l=v',
    'CMD ["true"]',
    '',
  ].join('\n');
  const tree = { Dockerfile: dockerfile, a: 'text' };
  const [ours, theirs] = [newTag(), newTag()];
  const wish = { args: { A: 'a b' }, labels: { more: 'ü' }, classicLabels: { by: 'classic' } };
  const events = await build(tree, { ...wish, tags: [ours] });
  process.env['DOCKER_BUILDKIT'] = '0';
  onTestFinished(() => {
    delete process.env['DOCKER_BUILDKIT'];
  });
  const flags = ['--build-arg', 'A=a b', '--label', 'more=ü', '--label', 'by=classic'];
  await docker('build', '-q', '-t', theirs, ...flags, await folderWith(tree));
  expect(await configOf(ours)).toEqual(await configOf(theirs));

  const steps = new Map(ofType(events, 'vertex').map(({ vertex }) => [vertex.id, vertex]));
  const names = [...steps.values()].map(({ name }) => name);
  // Each label from outside is a step of its own at the end.
  expect(names).toHaveLength(13);
  expect(names[1]).toBe(`[2/13] FROM ${BASE} AS one`);
  expect([...steps.values()].every(({ completedAt, error }) => completedAt !== undefined && error === undefined)).toBe(
    true,
  );
  const lines = ofType(events, 'log').map(({ stream, text }) => `${stream} ${text}`);
  expect(lines.toSorted()).toEqual([expect.stringMatching(/^1 a b héllo [0-9a-f]{16}$/), '2 err']);
  const [image] = ofType(events, 'image');
  expect(image?.id).toBe(await docker('image', 'inspect', '--format', '{{.Id}}', ours));

  const again = ofType(await build(tree, { ...wish, tags: [ours] }), 'vertex').filter(({ vertex }) => vertex.cached);
  expect(again.some(({ vertex }) => vertex.name.startsWith('[4/13] RUN echo'))).toBe(true);
});

describe('a build that fails', () => {
  test.each<[string, string, number | undefined, string]>([
    ['a command', `FROM ${BASE}\n# why\nRUN echo one && \\\n  exit 7\n`, 3, 'ended with exit code 7'],
    ['a missing source', `FROM ${BASE}\nCOPY nope.txt /x\n`, 2, 'needs nope.txt, which is not in the build folder'],
    ['an unknown instruction', `FROM ${BASE}\nFOO bar\n`, 2, 'line 2 is not valid: unknown instruction: FOO'],
    ['a base image', 'FROM 127.0.0.1:1/qs-test/none:1\n', 1, 'needs the image 127.0.0.1:1/qs-test/none:1'],
    ['no FROM', 'RUN true\n', undefined, 'builds nothing'],
  ])('says where and what: %s', async (_name, dockerfile, line, words) => {
    await expect(build({ Dockerfile: dockerfile })).rejects.toMatchObject({
      message: containing(words),
      details: line === undefined ? {} : { line },
    });
  });

  test('leaves no container behind and keeps what the command printed', async () => {
    const mark = salt();
    const failed = build({ Dockerfile: `FROM ${BASE}\nRUN echo ${mark} && exit 1\n` });
    await expect(failed).rejects.toMatchObject({ code: 'BUILD_FAILED', details: { output: [mark] } });
    const containers = await docker('ps', '-a', '--no-trunc', '--format', '{{.Command}}');
    expect(containers).not.toContain(mark);
  });

  test('knows no stage of that name', async () => {
    await expect(build({ Dockerfile: `FROM ${BASE} AS one\n` }, { target: 'two' })).rejects.toMatchObject({
      message: 'Dockerfile has no stage two.',
      remedy: containing('one'),
    });
  });
});

test('a private base image is pulled with the saved login', async () => {
  const registry = await startLocalRegistry({ login: true });
  onTestFinished(() => registry.dispose());
  const image = `${registry.host}/qs-test-se-classic:1`;
  await pushImage(image, true);
  removeImageLater(image);
  const config = await folderWith({ 'config.json': configWithLogin(registry.host) });
  const tree = { Dockerfile: `FROM ${image}\nLABEL x=${salt()}\n` };
  const tag = newTag();
  const events = await build(tree, { tags: [tag] }, { DOCKER_CONFIG: config });
  const from = ofType(events, 'vertex').map(({ vertex }) => vertex.bytes?.current ?? 0);
  expect(Math.max(...from)).toBeGreaterThan(3_000_000);
});

test('a build that is cancelled ends at once, and its container with it', async () => {
  const mark = salt();
  const abort = new AbortController();
  const dockerfile = `FROM ${BASE}\nRUN sleep 60 # ${mark}\n`;
  const request = requestFor(await folderWith({ Dockerfile: dockerfile }), { signal: abort.signal });
  const env = { ...process.env, DOCKER_BUILDKIT: '0' };
  const running = async (): Promise<void> => {
    for await (const event of buildImage(realTransport(), request, { env })) {
      if (event.type === 'vertex' && event.vertex.name.includes('RUN')) abort.abort();
    }
  };
  await expect(running()).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  const deadline = performance.now() + 20_000;
  while ((await docker('ps', '-a', '--no-trunc', '--format', '{{.Command}}')).includes(mark)) {
    if (performance.now() > deadline) throw new Error('the container of the step is still there');
    await pause(200);
  }
});
