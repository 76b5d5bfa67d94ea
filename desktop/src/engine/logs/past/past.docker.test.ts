import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LogFilter, LogLine } from '#contract/index.ts';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { dockerText as docker, removeLabelled, testEngine } from '#testing/docker-cli.ts';
import { startShorteningProxy } from '#testing/shortening-proxy.ts';
import { createProjectLogs, type LogContainer, type ProjectLogs } from '../index.ts';

const image = 'node:24-bookworm-slim';
const label = `quayside.test=past-${process.pid}`;
const all: LogFilter = { services: [], levels: [], search: '' };
const never = new AbortController().signal;

/** Numbers its lines, on both streams, a hundred at a time, now and then a long one, or each of them. */
const writer = (lines: number, everyMs: number, longEach = 900): string => `
  let n = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < 100 && n < ${lines}; i += 1, n += 1) {
      const pad = n % ${longEach} === ${longEach >> 1} ? 'x'.repeat(40000) : 'y'.repeat(400);
      const text = JSON.stringify({ level: n % 40 === 0 ? 50 : 30, n, pad }) + '\\n';
      (n % 3 === 0 ? process.stderr : process.stdout).write(text);
    }
    if (n >= ${lines}) clearInterval(timer);
  }, ${everyMs});
`;

let gateway: DockerGateway;
let logs: ProjectLogs;

async function start(name: string, script: string): Promise<LogContainer> {
  const full = `qs-test-past-${process.pid}-${name}`;
  const id = await docker('run', '-d', '--name', full, '--label', label, image, 'node', '-e', script);
  return { id, name: full, service: name, tty: false, running: true };
}

function numberOf(text: string): number {
  return Number(/"n":(\d+)/.exec(text)?.[1]);
}

/** The numbers on each stream of a container, as the reference CLI reads them. */
async function reference({ id }: LogContainer): Promise<number[][]> {
  const { stdout, stderr } = await promisify(execFile)('docker', ['logs', id], { maxBuffer: 1 << 28 });
  return [stdout, stderr].map((text) => text.split('\n').slice(0, -1).map(numberOf));
}

function numbers(lines: readonly LogLine[], { name }: LogContainer): number[][] {
  return ['stdout', 'stderr'].map((stream) =>
    lines.filter((line) => line.container === name && line.stream === stream).map(({ text }) => numberOf(text)),
  );
}

/** Lines that are held from a seq on. */
async function held(after: number, filter: LogFilter): Promise<LogLine[]> {
  const found: LogLine[] = [];
  for (let at = after; ; ) {
    const page = await logs.read({ filter, limit: 2000, waitMs: 0, after: at }, never);
    // The oldest left while they were read: what is held now begins later.
    if (page.dropped > 0) found.length = 0;
    found.push(...page.lines);
    if (!page.more) return found;
    at = page.cursor;
  }
}

/** Everything from before the lines known, page by page; those that a page repeats are left out, one for one. */
async function past(known: readonly LogLine[], since: string, filter: LogFilter): Promise<LogLine[]> {
  let found: LogLine[] = [];
  const keyOf = ({ container, stream, time, text }: LogLine): string => [container, stream, time, text].join(' ');
  for (let before: string | undefined = since, pages = 0; before !== undefined; pages += 1) {
    expect(pages).toBeLessThan(100);
    const counts = new Map<string, number>();
    for (const line of [...found, ...known]) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
    const page = await logs.read({ filter, limit: 1000, waitMs: 0, backFrom: before }, never);
    const fresh = page.lines.filter((line) => {
      const count = counts.get(keyOf(line)) ?? 0;
      counts.set(keyOf(line), count - 1);
      return count <= 0;
    });
    found = [...fresh, ...found];
    before = page.earlier;
  }
  return found;
}

/** By time, as a reader shows them: the lines of one stream have each a time of their own. */
const inOrder = (lines: readonly LogLine[]): LogLine[] =>
  lines.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));

/** Where older lines than those held are to be had, once the core has what it holds. */
async function sinceWhen(filter: LogFilter): Promise<string> {
  return vi.waitFor(
    async () => {
      const { earlier } = await logs.read({ filter, limit: 1, waitMs: 0 }, never);
      if (earlier === undefined) throw new Error('not yet');
      return earlier;
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** Waits until so many may still write, and all of the others has been read. */
const running = async (count: number): Promise<void> => {
  await vi.waitFor(
    () => {
      expect(logs.active).toBe(count);
    },
    { timeout: 60_000, interval: 100 },
  );
};

beforeEach(() => {
  gateway = connect({ url: testEngine(), source: 'test' });
});

afterEach(async () => {
  logs.dispose();
  gateway.dispose();
  await removeLabelled(label);
});

test.each([
  ['have left the store, which is small,', { tail: 'all', maxBytes: 3 * 1024 * 1024 }],
  ['were written before the panel looked', { tail: 300 }],
] as const)('lines that %s are read back from the engine: every number once, in order', async (_what, deps) => {
  const before = [await start('left', writer(5000, 5)), await start('right', writer(3000, 5))];
  await docker('wait', ...before.map(({ id }) => id));
  const live = await start('live', writer(2000, 250));
  const containers = [...before, live];
  logs = createProjectLogs({ gateway, ...deps });
  logs.setContainers(containers);
  await sinceWhen(all);
  await running(1);
  // That one goes on writing while the past of all is read.
  const known = await held(0, all);
  const older = await past(known, await sinceWhen(all), all);
  await running(0);
  expect((await logs.read({ filter: all, limit: 1, waitMs: 0, after: known.at(-1)?.seq ?? 0 }, never)).dropped).toBe(0);
  const lines = inOrder([...older, ...known, ...(await held(known.at(-1)?.seq ?? 0, all))]);
  for (const container of containers) expect(numbers(lines, container)).toEqual(await reference(container));
  expect(older.length).toBeGreaterThan(1000);
});

test('lines of which the engine counts three each are read back, up to the first, and it is not called the first before', async () => {
  const container = await start('long', writer(700, 5, 1));
  await docker('wait', container.id);
  logs = createProjectLogs({ gateway, tail: 100 });
  logs.setContainers([container]);
  await running(0);
  const known = await held(0, all);
  expect(known).toHaveLength(100);
  const lines = inOrder([...(await past(known, await sinceWhen(all), all)), ...known]);
  expect(numbers(lines, container)).toEqual(await reference(container));
});

test('where something between ends every other answer early, in order, every number comes all the same, once', async () => {
  const container = await start('shortened', writer(4000, 5));
  await docker('wait', container.id);
  let answers = 0;
  let shortened = 0;
  const proxy = await startShorteningProxy(testEngine(), (query) => {
    if (query.get('tail') === '1' || ++answers % 2 === 1) return undefined;
    shortened += 1;
    return 150;
  });
  gateway.dispose();
  gateway = connect({ url: proxy.url, source: 'test' });
  logs = createProjectLogs({ gateway, tail: 100 });
  logs.setContainers([container]);
  await running(0);
  const known = await held(0, all);
  const lines = inOrder([...(await past(known, await sinceWhen(all), all)), ...known]);
  expect(lines.filter(({ stream }) => stream === 'marker')).toEqual([]);
  expect(numbers(lines, container)).toEqual(await reference(container));
  expect(shortened).toBeGreaterThan(2);
  await proxy.dispose();
});

test('a filter reaches back as far, and only the lines that pass are shown', async () => {
  const containers = [await start('one', writer(8000, 5)), await start('two', writer(2000, 5))];
  await docker('wait', ...containers.map(({ id }) => id));
  const filter = { ...all, levels: ['error' as const] };
  logs = createProjectLogs({ gateway, tail: 100 });
  logs.setContainers(containers);
  await running(0);
  const known = await held(0, filter);
  const lines = inOrder([...(await past(known, await sinceWhen(filter), filter)), ...known]);
  for (const container of containers) {
    const errors = (await reference(container)).map((list) => list.filter((n) => n % 40 === 0));
    expect(numbers(lines, container)).toEqual(errors);
  }
});

/** Replaces in the engine's file of a stopped container's log the time of each line by that of the last before with a number that `each` divides. */
const sameTimes = (each: number): string => `
  const fs = require('node:fs');
  const [name] = fs.readdirSync('/log').filter((name) => name.endsWith('-json.log'));
  let time;
  const lines = fs.readFileSync('/log/' + name, 'utf8').trimEnd().split('\\n').map((text, n) => {
    const line = JSON.parse(text);
    if (n % ${each} === 0) time = line.time;
    return JSON.stringify({ ...line, time });
  });
  fs.writeFileSync('/log/' + name, lines.join('\\n') + '\\n');
`;

test('an export has each of the lines of one time once, wherever the lines held begin among them', async () => {
  const container = await start('same', writer(600, 5, 5000));
  await docker('wait', container.id);
  const folder = dirname(await docker('inspect', '-f', '{{.LogPath}}', container.id));
  await docker('run', '--rm', '--label', label, '-v', `${folder}:/log`, image, 'node', '-e', sameTimes(50));
  for (const tail of [99, 100, 101, 125, 149, 150, 151]) {
    logs = createProjectLogs({ gateway, tail });
    logs.setContainers([container]);
    await running(0);
    expect(await held(0, all)).toHaveLength(tail);
    const { lines, missing } = await logs.export({ filter: all }, never);
    expect([numbers(lines, container), missing]).toEqual([await reference(container), false]);
    logs.dispose();
  }
});

test('a moment that is none is refused', async () => {
  logs = createProjectLogs({ gateway });
  await expect(logs.read({ filter: all, limit: 1, waitMs: 0, backFrom: 'now' }, never)).rejects.toMatchObject({
    code: 'USAGE',
  });
});
