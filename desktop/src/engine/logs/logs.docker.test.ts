import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogLine } from '#contract/index.ts';
import { connect, type DockerGateway } from '#engine/docker/index.ts';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { dockerText as docker, docker as run, testEngine } from '#testing/docker-cli.ts';
import { startShorteningProxy } from '#testing/shortening-proxy.ts';
import {
  everything,
  markers,
  readAll,
  reference,
  removeStarted,
  start,
  stopped,
  writer,
  written,
} from './fixtures/written-logs.ts';
import { createProjectLogs, type ProjectLogs, streamLogs } from './index.ts';

const never = new AbortController().signal;
const { filter } = everything;
const query = everything;
const endless = writer(1_000_000, 10);

let proxy: CutProxy;
let gateway: DockerGateway;
let logs: ProjectLogs | undefined;

beforeEach(async () => {
  proxy = await startCutProxy(testEngine());
  gateway = connect({ url: proxy.url, source: 'test' });
});

afterEach(async () => {
  logs?.dispose();
  logs = undefined;
  gateway.dispose();
  await proxy.dispose();
  await removeStarted();
});

describe('project logs', () => {
  test('every line once and in order over forced disconnects and a restart', async () => {
    // The log of the second is rotated again and again, and nothing of it is thrown away.
    const rotated = ['--log-opt', 'max-size=250k', '--log-opt', 'max-file=100'];
    const containers = await Promise.all([start('one', endless), start('two', endless, rotated)]);
    const [one, two] = containers;
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers(containers);
    let disturbed = false;
    const disturb = async (): Promise<void> => {
      for (let cuts = 0; cuts < 24; cuts += 1) {
        await pause(130);
        while (proxy.cut() === 0) await pause(10);
        if (cuts === 8) await docker('restart', '-t', '0', one.id);
      }
      await docker('stop', one.id, two.id);
      disturbed = true;
    };
    const [seen] = await Promise.all([readAll(logs, () => Promise.resolve(disturbed)), disturb()]);
    for (const container of containers) expect(written(seen, container)).toEqual(await reference(container.id));
    expect(markers(seen)).toEqual([expect.stringContaining('one restarted')]);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
    expect(seen.find(({ text }) => text.length > 16_000)?.cut).toBe(true);
  });

  test('a restart between the last look at the container and the new connection is told of, in its place', async () => {
    const container = await start('between', writer(200, 100));
    let connections = 0;
    const restarting: DockerGateway = {
      ...gateway,
      containers: {
        ...gateway.containers,
        async drainLogs(...call) {
          const [, , { follow }] = call;
          if (follow) connections += 1;
          if (follow && connections === 2) await docker('restart', '-t', '0', container.id);
          await gateway.containers.drainLogs(...call);
        },
      },
    };
    logs = createProjectLogs({ gateway: restarting, tail: 'all' });
    logs.setContainers([container]);
    await logs.read({ ...query, after: 0, waitMs: 10_000 }, never);
    proxy.cut();
    const seen = await readAll(logs, stopped([container]));
    expect(connections).toBe(2);
    expect(markers(seen)).toEqual([expect.stringContaining('between restarted')]);
    const { State } = JSON.parse(await docker('inspect', '-f', '{{json .}}', container.id)) as {
      State: { StartedAt: string };
    };
    const place = seen.findIndex(({ stream }) => stream === 'marker');
    expect(seen.slice(0, place).every(({ time }) => Date.parse(time) < Date.parse(State.StartedAt))).toBe(true);
    expect(seen.slice(place + 1).every(({ time }) => Date.parse(time) >= Date.parse(State.StartedAt))).toBe(true);
  });

  test('a downtime with more lines than were asked for widens the question; nothing is lost', async () => {
    const container = await start('busy', writer(20_000, 2));
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([container]);
    while ((await logs.read({ ...query, after: 0 }, never)).held < 1000);
    proxy.close();
    while (!(await stopped([container])()));
    proxy.open();
    logs.setContainers([{ ...container, running: true }]);
    const seen = await readAll(logs, stopped([container]));
    expect(written(seen, container)).toEqual(await reference(container.id));
    expect(markers(seen)).toEqual([]);
  });

  test('a stopped container whose log is followed from its start, while answers end early in order: every line, once', async () => {
    const container = await start('shortened', writer(3000, 5));
    while (!(await stopped([container])()));
    let shortened = 0;
    const between = await startShorteningProxy(testEngine(), (query) => {
      if (query.get('tail') === '1' || shortened === 3) return undefined;
      shortened += 1;
      return 700;
    });
    gateway.dispose();
    gateway = connect({ url: between.url, source: 'test' });
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([{ ...container, running: false }]);
    const seen = await readAll(logs, () => Promise.resolve(true));
    expect(written(seen, container)).toEqual(await reference(container.id));
    expect(markers(seen)).toEqual([]);
    expect(shortened).toBe(3);
    await between.dispose();
  });

  test('recreation keeps the history and says so; a container that is gone stops nothing', async () => {
    const first = { ...(await start('web', "console.log('from the first')")), version: '1.4.2' };
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([first, { ...first, id: 'f'.repeat(64), name: 'never-there', service: 'ghost' }]);
    while (!(await stopped([first])()));
    await readAll(logs, () => Promise.resolve(true));
    await docker('rm', '-f', first.id);
    const second = { ...(await start('web', "console.log('from the second')")), version: '1.4.1' };
    logs.setContainers([second]);
    const seen = await readAll(logs, stopped([second]));
    expect(seen.map(({ text }) => text.replace(/qs-test-watch-\d+-/, ''))).toEqual([
      'from the first',
      'web was recreated: release 1.4.2 -> 1.4.1',
      'from the second',
    ]);
  });

  test('lines that the engine has thrown away are shown as a gap, not passed over', async () => {
    // Long enough that most of it is written, and thrown away, while nobody can read.
    const container = await start('turning', writer(3000, 20), [
      '--log-opt',
      'max-size=20k',
      '--log-opt',
      'max-file=1',
    ]);
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([container]);
    const before = await logs.read({ ...query, after: 0, waitMs: 10_000 }, never);
    expect(before.lines.length).toBeGreaterThan(0);
    proxy.close();
    while (!(await stopped([container])()));
    proxy.open();
    logs.setContainers([{ ...container, running: true }]);
    const seen = await readAll(logs, stopped([container]));
    expect(markers(seen)).toEqual([expect.stringContaining('are missing here')]);
    const numbers = seen
      .filter(({ stream }) => stream === 'stdout')
      .map(({ text }) => Number(/"n":(\d+)/.exec(text)?.[1]));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    const gap = seen.findIndex(({ stream }) => stream === 'marker');
    const left = await reference(container.id);
    expect(seen.length - gap - 1).toBe(left.stdout.length + left.stderr.length);
  });

  test('a terminal: lines without CR, nothing torn', async () => {
    const container = await start('tty', "for (let i = 0; i < 500; i += 1) console.log('line ' + i)", ['-t']);
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([container]);
    const seen = await readAll(logs, stopped([container]));
    expect(seen.map(({ text }) => text)).toEqual(Array.from({ length: 500 }, (_, index) => `line ${index}`));
  });

  test('a driver that cannot be read is told of once', async () => {
    const container = await start('mute', 'setTimeout(() => {}, 60000)', ['--log-driver', 'none']);
    logs = createProjectLogs({ gateway, tail: 'all' });
    logs.setContainers([container]);
    const page = await logs.read({ ...query, after: 0, waitMs: 10_000 }, never);
    expect(markers(page.lines)).toEqual([expect.stringContaining('cannot be read')]);
    logs.setContainers([container]);
    expect((await logs.read({ ...query, after: page.cursor, waitMs: 500 }, never)).lines).toEqual([]);
  });
});

const collect = async (lines: AsyncIterable<readonly LogLine[]>): Promise<LogLine[]> => {
  const all: LogLine[] = [];
  for await (const some of lines) all.push(...some);
  return all;
};

/** Each line is three of the parts that the engine counts. */
const longLines = (lines: number): string =>
  `for (let n = 0; n < ${lines}; n += 1) console.log(JSON.stringify({ n, pad: 'x'.repeat(40000) }))`;

describe.each([
  ['a plain container', []],
  ['a terminal', ['-t']],
])('lines of 40 KiB of %s', (_what, options) => {
  const last = (lines: number, of: number): string[] =>
    Array.from({ length: lines }, (_, index) => `{"n":${of - lines + index},"pad":"xxx`);
  const begins = (lines: readonly LogLine[]): string[] =>
    lines.map(({ text }) => text.slice(0, 200).replace(/x{4,}/, 'xxx'));
  const shownOf = (text: string): string => text.replace(/\r$/, '').slice(0, 16_384);

  test('so many whole lines as are asked for, as they were written', async () => {
    const container = await start('long', longLines(60), options);
    await docker('wait', container.id);
    const containers = [container];
    const written = (await run(['logs', container.id])).stdout.split('\n').slice(-11, -1).map(shownOf);
    for (const follow of [false, true]) {
      const lines = await collect(streamLogs({ gateway, containers, follow, tail: 10, filter, signal: never }));
      expect(begins(lines)).toEqual(last(10, 60));
      expect(lines.map(({ text }) => text)).toEqual(written);
      const all = await collect(streamLogs({ gateway, containers, follow, tail: 61, filter, signal: never }));
      expect(begins(all)).toEqual(last(60, 60));
    }
  });

  test('the panel begins with whole ones, and knows whether there are older ones', async () => {
    const container = await start('older', longLines(60), options);
    await docker('wait', container.id);
    for (const [tail, held, older] of [
      [20, 20, true],
      [60, 60, false],
    ] as const) {
      logs?.dispose();
      logs = createProjectLogs({ gateway, tail });
      logs.setContainers([container]);
      const page = await logs.read({ ...query, after: 0, waitMs: 20_000 }, never);
      expect(begins(page.lines)).toEqual(last(held, 60));
      expect(page.earlier).toBe(older ? page.since : undefined);
    }
  });
});

test('a log that is written while it is opened, and cut off: the last lines, then every new one', async () => {
  const container = await start('opened', endless);
  await pause(500);
  logs = createProjectLogs({ gateway, tail: 50 });
  logs.setContainers([container]);
  let stop = false;
  const disturb = async (): Promise<void> => {
    for (let cuts = 0; cuts < 6; cuts += 1) {
      await pause(130);
      while (proxy.cut() === 0) await pause(10);
    }
    await docker('stop', container.id);
    stop = true;
  };
  const [seen] = await Promise.all([readAll(logs, () => Promise.resolve(stop)), disturb()]);
  const { stdout, stderr } = written(seen, container);
  const all = await reference(container.id);
  expect(stdout).toEqual(all.stdout.slice(-stdout.length));
  expect(stderr).toEqual(all.stderr.slice(-stderr.length));
  expect(stdout.length + stderr.length).toBeGreaterThan(50);
  expect(markers(seen)).toEqual([]);
});

describe('streamed logs', () => {
  test('once: all containers in time order; followed: ends when they have stopped', async () => {
    const containers = await Promise.all([start('left', writer(900, 5)), start('right', writer(900, 5))]);
    const followed = await collect(streamLogs({ gateway, containers, follow: true, filter, signal: never }));
    const once = await collect(streamLogs({ gateway, containers, follow: false, filter, signal: never }));
    for (const container of containers) {
      const expected = await reference(container.id);
      expect(written(once, container)).toEqual(expected);
      expect(written(followed, container)).toEqual(expected);
    }
    const some = await collect(
      streamLogs({
        gateway,
        containers,
        follow: false,
        tail: 10,
        filter: { ...filter, services: ['left'] },
        signal: never,
      }),
    );
    const [left] = containers;
    const { stdout, stderr } = await run(['logs', '--tail', '10', left.id]);
    expect(some).toHaveLength(`${stdout}${stderr}`.split('\n').length - 1);
  });
});
