import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BuildEvent, BuildRequest } from '../types.ts';
import { buildImage } from './build-image.ts';
import { folderWith, type Tree } from './fixtures/folder.ts';
import { containing, including, matching, sentence } from './fixtures/like.ts';
import { docker, realTransport, removeImageLater } from './fixtures/real-engine.ts';
import { ofType, requestFor } from './fixtures/request.ts';

const BASE = 'qs-test-debian:bookworm';

/** A name of its own, removed when the test ends. */
function newTag(): string {
  const tag = `qs-test-builder-${randomBytes(4).toString('hex')}:t`;
  removeImageLater(tag);
  return tag;
}

/** What no cache can know. */
function salt(): string {
  return randomBytes(8).toString('hex');
}

async function collect(events: AsyncIterable<BuildEvent>): Promise<BuildEvent[]> {
  const all: BuildEvent[] = [];
  for await (const event of events) all.push(event);
  // By id too: a later build with the same tag leaves the image of an earlier one without a name.
  for (const { id } of ofType(all, 'image')) removeImageLater(id);
  return all;
}

async function build(tree: Tree, more: Partial<BuildRequest> = {}): Promise<BuildEvent[]> {
  return collect(buildImage(realTransport(), requestFor(await folderWith(tree), more)));
}

/** The last state of each step that comes from the Dockerfile, by name. */
function steps(events: readonly BuildEvent[]) {
  const last = new Map(ofType(events, 'vertex').map(({ vertex }) => [vertex.id, vertex]));
  return [...last.values()].filter(({ name }) => /^\[(?!internal)/.test(name));
}

const rawMessage = z.object({ vertexes: z.array(z.object({ name: z.string() })).nullish() });

describe('a build that succeeds', () => {
  test('tells the steps and the lines that the reference builder tells, and leaves the image under its tag', async () => {
    const tag = newTag();
    // An image of its own, by one FROM only: stages and builds that share a step race for its name.
    const base = newTag();
    await docker('tag', BASE, base);
    const dockerfile = `FROM ${base} AS one\nRUN echo ${salt()} "héllo ☃ 👩‍🔧" && printf '1%%\\r2%%\\r3%%\\n' >&2\nFROM one\nWORKDIR /w\nCOPY a b\nCOPY --from=one /etc/passwd c\n`;
    const folder = await folderWith({ Dockerfile: dockerfile, a: 'text' });
    const events = await collect(buildImage(realTransport(), requestFor(folder, { tags: [tag] })));
    const names = await rawProgress(folder);

    expect(
      steps(events)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.sort());
    const lines = ofType(events, 'log').map(({ stream, text }) => `${stream} ${text}`);
    expect(lines).toHaveLength(2);
    expect(lines.join('\n')).toMatch(/^1 [0-9a-f]{16} héllo ☃ 👩‍🔧$/m);
    expect(lines).toContain('2 3%');

    const id = await docker('image', 'inspect', '--format', '{{.Id}}', tag);
    expect(events.at(-1)).toEqual({ type: 'image', id });
    expect(await docker('run', '--rm', '--network', 'none', tag, 'cat', '/w/b')).toBe('text');
  });

  test('takes unchanged steps from the cache the second time and times the others', async () => {
    const tree = { Dockerfile: `FROM ${BASE}\nRUN echo ${salt()} && sleep 0.3\n` };
    const tag = newTag();
    const [first] = steps(await build(tree, { tags: [tag] })).filter(({ name }) => name.includes('RUN'));
    const [second] = steps(await build(tree, { tags: [tag] })).filter(({ name }) => name.includes('RUN'));
    expect(first?.cached).toBe(false);
    const took = Date.parse(first?.completedAt ?? '') - Date.parse(first?.startedAt ?? '');
    expect(took).toBeGreaterThanOrEqual(300);
    expect(second?.cached).toBe(true);
    const third = steps(await build(tree, { tags: [tag], noCache: true })).find(({ name }) => name.includes('RUN'));
    expect(third?.cached).toBe(false);
  });

  test('hands on target, arguments, labels and several tags', async () => {
    const [one, two] = [newTag(), newTag()];
    const dockerfile = `FROM ${BASE} AS base\nARG A=no\nARG B=default\nENV GOT="$A $B"\nFROM base AS wanted\nLABEL stage=wanted\nFROM base\nLABEL stage=last\n`;
    await build(
      { Dockerfile: dockerfile },
      { tags: [one, two], target: 'wanted', args: { A: 'a b', B: null }, labels: { 'x.y': 'ü "q"' } },
    );
    const format = '{{json .Config.Labels}} {{range .Config.Env}}{{println .}}{{end}}';
    const told = await docker('image', 'inspect', '--format', format, one);
    expect(told).toContain('"stage":"wanted"');
    expect(told).toContain('"x.y":"ü \\"q\\""');
    expect(told).toMatch(/^GOT=a b default$/m);
    expect(await docker('image', 'inspect', '--format', '{{.Id}}', two)).toBe(
      await docker('image', 'inspect', '--format', '{{.Id}}', one),
    );
  });

  test('finds its Dockerfile inline, outside the context, and where a rule leaves it out', async () => {
    const folder = await folderWith({
      'context/a': 'x',
      'context/.dockerignore': '*\n!a\n',
      'out/D': `FROM ${BASE}\nCOPY . /all\n`,
    });
    await writeFile(join(folder, 'context/Dockerfile'), `FROM ${BASE}\nCOPY a /all/in\n`);
    const context = join(folder, 'context');
    const variants = [
      [{ dockerfileInline: `FROM ${BASE}\nCOPY a /all/inline\n` }, '/all/inline'],
      [{ dockerfile: '../out/D' }, '/all/a'],
      [{ dockerfile: join(folder, 'out/D') }, '/all/a'],
      [{}, '/all/in'],
    ] as const;
    for (const [more, path] of variants) {
      const tag = newTag();
      await collect(buildImage(realTransport(), requestFor(context, { ...more, tags: [tag] })));
      expect(await docker('run', '--rm', '--network', 'none', tag, 'cat', path)).toBe('x');
    }
  });

  test('sends large files whole, links as links, and keeps the right to execute', async () => {
    const tag = newTag();
    const content = randomBytes(3 * 1024 * 1024 + 17).toString('base64');
    await build(
      {
        Dockerfile: `FROM ${BASE}\nCOPY . /c\n`,
        'deep/er/large': content,
        'run.sh': { text: '#!/bin/sh\necho ran\n', mode: 0o755 },
        [`${'long/'.repeat(30)}${'n'.repeat(120)}`]: 'long',
        escape: { link: '/etc/shadow' },
      },
      { tags: [tag] },
    );
    const script = `wc -c < /c/deep/er/large; tail -c 20 /c/deep/er/large; echo; /c/run.sh; readlink /c/escape; cat /c/${'long/'.repeat(30)}n*`;
    const told = await docker('run', '--rm', '--network', 'none', tag, 'sh', '-c', script);
    expect(told.split('\n')).toEqual([String(content.length), content.slice(-20), 'ran', '/etc/shadow', 'long']);
  });
});

describe('a build that fails', () => {
  const failing = (tree: Tree, more: Partial<BuildRequest> = {}) => expect(build(tree, more)).rejects;

  test('names the line, the output and the exit code of a failing command', async () => {
    const lines = [
      `FROM ${BASE} AS a`,
      'RUN true',
      `FROM ${BASE}`,
      '# why',
      'ARG T=secret-value',
      'RUN echo "$T" one && \\',
      '  echo two >&2 && \\',
      '  exit 7',
      'CMD ["x"]',
      '',
    ];
    await failing({ Dockerfile: lines.join('\n') }).toMatchObject({
      code: 'BUILD_FAILED',
      message: 'Dockerfile line 6: RUN echo "$T" one && echo two >&2 && exit 7 ended with exit code 7.',
      details: {
        dockerfile: 'Dockerfile',
        line: 6,
        endLine: 8,
        exitCode: 7,
        output: including(['secret-value one', 'two']),
        excerpt: lines.slice(3, 9).map((text, index) => ({ line: 4 + index, text, failing: index >= 2 && index <= 4 })),
      },
    });
  });

  test.each([
    [
      'unknown instruction',
      `FROM ${BASE}\nRUN true\nFOO bar\n`,
      3,
      /Dockerfile line 3 is not valid: unknown instruction: FOO/,
    ],
    [
      'missing source',
      `FROM ${BASE}\nCOPY nope.txt /x\n`,
      2,
      /line 2: COPY nope\.txt \/x needs nope\.txt, which is not in the build folder/,
    ],
    [
      'missing in a stage',
      `FROM ${BASE} AS a\nFROM ${BASE}\nCOPY --from=a /nope /x\n`,
      3,
      /line 3: .* needs \/nope, which stage a does not hold/,
    ],
    ['heredoc', `FROM ${BASE}\nRUN <<EOF\nset -e\nexit 3\nEOF\nUSER x\n`, 2, /line 2: .* exit code 3/],
    [
      'unknown command',
      `FROM ${BASE}\nRUN qs-no-such-command\n`,
      2,
      /line 2: RUN qs-no-such-command ended with exit code 127/,
    ],
    ['unknown flag', `FROM ${BASE}\nCOPY --bad=1 a b\n`, 2, /line 2 is not valid: unknown flag/],
    ['no value for the base', 'ARG X\nFROM $X\n', 2, /line 2: \$X has no value/],
    ['unknown user', `FROM ${BASE}\nUSER nosuchuser\nRUN true\n`, 3, /line 3: the user nosuchuser does not exist/],
    ['no FROM', 'RUN true\n', undefined, /Dockerfile builds nothing/],
    ['empty', '', undefined, /Dockerfile builds nothing/],
    [
      'secret',
      `FROM ${BASE}\nRUN --mount=type=secret,id=t,required cat /run/secrets/t\n`,
      2,
      /line 2: .* needs the secret t/,
    ],
  ])('says where and what: %s', async (_name, dockerfile, line, message) => {
    await failing({ Dockerfile: dockerfile }).toMatchObject({
      code: 'BUILD_FAILED',
      message: matching(message),
      remedy: sentence,
      details: line === undefined ? {} : { line },
    });
  });

  test('names the stages there are when the wanted one is missing', async () => {
    await failing({ Dockerfile: `FROM ${BASE} AS one\nFROM one AS two\n` }, { target: 'three' }).toMatchObject({
      message: 'Dockerfile has no stage three.',
      remedy: containing('one, two'),
    });
  });

  test('a base image that cannot be had points at its FROM', async () => {
    await failing({ Dockerfile: 'FROM 127.0.0.1:1/qs-test/none:1\n' }).toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
      message:
        'Dockerfile line 1 needs the image 127.0.0.1:1/qs-test/none:1. Nobody listens at 127.0.0.1:1: the connection was refused.',
      details: { line: 1 },
    });
  });
});

describe('a build that is cancelled', () => {
  /** A step that writes the time into a cache mount for as long as it runs. */
  const ticking = (id: string) =>
    `FROM ${BASE}\nRUN --mount=type=cache,id=${id},target=/t for i in $(seq 600); do date +%s%N > /t/tick; sleep 0.2; done # ${salt()}\n`;

  /** Fails unless the step above stops writing within twenty seconds. */
  async function expectStopped(id: string): Promise<void> {
    const check = `for i in $(seq 20); do a=$(cat /t/tick); sleep 1; [ "$a" = "$(cat /t/tick)" ] && exit 0; done; exit 1`;
    const tag = newTag();
    await build(
      { Dockerfile: `FROM ${BASE}\nRUN --mount=type=cache,id=${id},target=/t ${check} # ${salt()}\n` },
      { tags: [tag] },
    );
  }

  async function untilRunning(events: AsyncIterable<BuildEvent>, then: () => void): Promise<void> {
    for await (const event of events) {
      if (event.type !== 'vertex' || !event.vertex.name.includes('RUN') || event.vertex.startedAt === undefined)
        continue;
      await pause(1000);
      then();
    }
  }

  test('ends at once with OPERATION_CANCELLED and the engine stops working', async () => {
    const id = `qs-test-builder-${salt()}`;
    const abort = new AbortController();
    const folder = await folderWith({ Dockerfile: ticking(id) });
    const events = buildImage(realTransport(), requestFor(folder, { signal: abort.signal }));
    let at = 0;
    const running = untilRunning(events, () => {
      at = performance.now();
      abort.abort();
    });
    await expect(running).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    expect(performance.now() - at).toBeLessThan(2000);
    await expectStopped(id);
  });

  test('stops too when nobody listens any longer', async () => {
    const id = `qs-test-builder-${salt()}`;
    const folder = await folderWith({ Dockerfile: ticking(id) });
    for await (const event of buildImage(realTransport(), requestFor(folder))) {
      if (event.type === 'vertex' && event.vertex.name.includes('RUN') && event.vertex.startedAt !== undefined) break;
    }
    await expectStopped(id);
  });

  test('is not begun at all when it was cancelled before', async () => {
    const folder = await folderWith({ Dockerfile: `FROM ${BASE}\n` });
    const events = buildImage(realTransport(), requestFor(folder, { signal: AbortSignal.abort() }));
    await expect(collect(events)).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
  });
});

test('a file that grows while it is sent is the reason that is given', async () => {
  const folder = await folderWith({ Dockerfile: `FROM ${BASE}\nCOPY . /c\n`, 'a/log': 'x'.repeat(4 * 1024 * 1024) });
  const events = buildImage(realTransport(), requestFor(folder));
  const first = await events.next();
  expect(first.value).toMatchObject({ type: 'context', files: 2 });
  await appendFile(join(folder, 'a/log'), 'more');
  await expect(collect(events)).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: containing('a/log changed'),
  });
});

/** Step names as `docker buildx build` reports them for the same folder. */
async function rawProgress(folder: string): Promise<string[]> {
  const { stderr } = await promisify(execFile)('docker', [
    'buildx',
    'build',
    '--progress',
    'rawjson',
    '--output',
    'type=cacheonly',
    folder,
  ]);
  const messages = z.array(rawMessage).parse(JSON.parse(`[${stderr.trim().replaceAll('}\n{', '},{')}]`));
  const names = messages.flatMap(({ vertexes }) => vertexes ?? []).map(({ name }) => name);
  return [...new Set(names)].filter((name) => /^\[(?!internal)/.test(name));
}
