import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CutProxy, startCutProxy } from '#testing/cut-proxy.ts';
import { connect } from './connect.ts';
import { resolveEndpoint } from './endpoint/resolve-endpoint.ts';
import { collect } from './fixtures/collect.ts';
import { containing } from './fixtures/matchers.ts';
import type { EngineEvent, FeedItem, LogChunk } from './types.ts';

const image = 'node:24-bookworm-slim';
const mark = `qs-test-gateway-${process.pid}`;
const label = { 'quayside.test': mark };
const marked = { label: [`quayside.test=${mark}`] };
const endpoint = await resolveEndpoint({ env: process.env, home: homedir(), platform: process.platform });
const gateway = connect(endpoint);

/** What the reference command line says. */
async function docker(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)('docker', args, { maxBuffer: 64 * 1024 * 1024 });
}

let count = 0;
async function create(script: string, config: Record<string, unknown> = {}): Promise<string> {
  count += 1;
  const spec = { Image: image, Cmd: ['node', '-e', script], Labels: label, StopSignal: 'SIGKILL', ...config };
  return (await gateway.containers.create({ name: `${mark}-${count}`, config: spec })).id;
}

const idle = 'setInterval(() => {}, 1000)';

beforeAll(async () => {
  if ((await gateway.images.find(image)) === undefined) await collect(gateway.images.pull(image, {}));
});
afterEach(async () => {
  for (const { id } of await gateway.containers.list(marked)) {
    await gateway.containers.remove(id, { force: true, volumes: true });
  }
});
afterAll(async () => {
  for (const { id } of await gateway.networks.list(marked)) await gateway.networks.remove(id);
  for (const { name } of await gateway.volumes.list(marked)) await gateway.volumes.remove(name);
  gateway.dispose();
});

test('negotiates what the engine and Quayside both speak', async () => {
  const { stdout } = await docker('version', '--format', '{{.Server.Version}} {{.Server.Os}}/{{.Server.Arch}}');
  const info = await gateway.info();
  expect(`${info.version} ${info.os}/${info.arch}`).toBe(stdout.trim());
  expect(info.apiVersion).toMatch(/^1\.(4[1-9]|5[01])$/);
  await gateway.ping();
});

test('the room for images is what the file system says, and unknown where the engine is not of this machine', async () => {
  const { stdout: root } = await docker('info', '--format', '{{.DockerRootDir}}');
  const { stdout: free } = await promisify(execFile)('df', ['--output=avail', '-B1', root.trim()]);
  const room = (await gateway.freeRoom()) ?? Number.NaN;
  expect(Math.abs(room - Number(free.trim().split('\n').at(-1)))).toBeLessThan(5e9);
  const far = connect({ url: 'tcp://192.0.2.1:2375', source: 'test' });
  expect(await far.freeRoom()).toBeUndefined();
  far.dispose();
});

describe('containers', () => {
  test('live from create to remove; what is already so is no error (J.1 row 7)', async () => {
    const id = await create(idle, { Tty: true, StopTimeout: 7 });
    expect(await gateway.containers.inspect(id)).toMatchObject({
      state: 'created',
      running: false,
      tty: true,
      stopTimeout: 7,
    });
    await gateway.containers.start(id);
    await gateway.containers.start(id);
    const [listed] = await gateway.containers.list(marked);
    expect(listed).toMatchObject({ id, state: 'running', image, labels: label });
    const detail = await gateway.containers.inspect(id);
    expect(detail).toMatchObject(listed ?? {});
    await gateway.containers.stop(id, 0);
    await gateway.containers.stop(id);
    await gateway.containers.rename(id, `${mark}-renamed`);
    const stopped = await gateway.containers.inspect(`${mark}-renamed`);
    expect(stopped).toMatchObject({ id, state: 'exited', exitCode: 137, name: `${mark}-renamed` });
    expect(Date.parse(stopped.finishedAt ?? '')).toBeGreaterThan(Date.parse(detail.startedAt ?? ''));
    await gateway.containers.remove(id, { force: false, volumes: true });
    await gateway.containers.remove(id, { force: false, volumes: true });
    await expect(gateway.containers.inspect(id)).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  });

  test('a command in a container: its words, its exit code, the end of its output', async () => {
    const id = await create(idle);
    const run = (script: string, more: object = {}) =>
      gateway.containers.exec(id, { command: ['sh', '-c', script], ...more });
    await expect(run('true')).rejects.toMatchObject({ code: 'ENGINE_CONFLICT' });
    await gateway.containers.start(id);
    const who = { user: 'node', workingDir: '/tmp', environment: ['GREETING=hello'] };
    expect(await run('echo "$GREETING $(id -un) $(pwd)"; exit 3', who)).toEqual({
      exitCode: 3,
      output: 'hello node /tmp\n',
      dropped: 0,
    });
    expect((await run('echo wrong >&2')).output).toBe('wrong\n');
    expect((await run('tty >/dev/null && echo yes', { tty: true })).output).toBe('yes\r\n');
    const much = await run('head -c 100000 /dev/zero | tr "\\0" x; echo end');
    expect(much).toMatchObject({ exitCode: 0, dropped: 100_004 - 65_536 });
    expect(much.output).toMatch(/^x{65532}end\n$/);
    const { exitCode } = await gateway.containers.exec(id, { command: ['/does/not/exist'] });
    expect([126, 127]).toContain(exitCode);
  });

  test('a command can be left: the abort ends the waiting', async () => {
    const id = await create(idle);
    await gateway.containers.start(id);
    const stop = new AbortController();
    const running = gateway.containers.exec(id, { command: ['sleep', '1000'], signal: stop.signal });
    const settled = Promise.allSettled([running]);
    const begun = async (): Promise<void> => {
      expect((await docker('top', id)).stdout).toContain('sleep 1000');
    };
    await vi.waitFor(begun, { timeout: 30_000 });
    stop.abort();
    expect(await settled).toMatchObject([{ status: 'rejected', reason: { code: 'OPERATION_CANCELLED' } }]);
  });

  test('two removals at once both succeed', async () => {
    const id = await create(idle);
    await gateway.containers.start(id);
    const remove = () => gateway.containers.remove(id, { force: true, volumes: true });
    await Promise.all([remove(), remove(), remove()]);
    expect(await gateway.containers.list(marked)).toEqual([]);
  });

  test('every call on what is not there says so', async () => {
    const nope = `${mark}-nope`;
    const { containers, networks, volumes, images } = gateway;
    const calls = [
      containers.inspect(nope),
      containers.start(nope),
      containers.stop(nope),
      containers.stop(nope, 1),
      containers.rename(nope, `${nope}-2`),
      collect(containers.logs(nope, false, { follow: false })),
      networks.inspect(nope),
      networks.connect(nope, nope, {}),
      volumes.inspect(nope),
    ];
    for (const settled of await Promise.allSettled(calls)) {
      expect(settled).toMatchObject({ reason: { code: 'ENGINE_NOT_FOUND', message: containing(nope) } });
    }
    await expect(images.tag(nope, 'a', 'b')).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await expect(create(idle, { Image: nope })).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    expect(await images.find(nope)).toBeUndefined();
  });

  test('a taken name is a conflict, a taken port names the port', async () => {
    const ports = (HostPort: string) => ({
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort }] } },
    });
    const first = await create(idle, ports(''));
    const again = gateway.containers.create({ name: `${mark}-${count}`, config: { Image: image } });
    await expect(again).rejects.toMatchObject({ code: 'ENGINE_CONFLICT' });
    await gateway.containers.start(first);
    const [binding] = (await gateway.containers.inspect(first)).ports;
    expect(binding).toMatchObject({ hostIp: '127.0.0.1', containerPort: 80, protocol: 'tcp' });
    const port = binding?.hostPort ?? 0;
    const second = await create(idle, ports(String(port)));
    await expect(gateway.containers.start(second)).rejects.toMatchObject({ code: 'PORT_IN_USE', details: { port } });
  });
});

test('networks and volumes', async () => {
  const name = `${mark}-net`;
  const { id } = await gateway.networks.create({ Name: name, Labels: label });
  const container = await create(idle);
  await gateway.networks.connect(id, container, { Aliases: ['shop'] });
  await gateway.containers.start(container);
  expect(await gateway.networks.list(marked)).toEqual([{ id, name, labels: label, containers: [container] }]);
  expect((await gateway.containers.inspect(container)).networks).toMatchObject({ [name]: id });
  await expect(gateway.networks.remove(id)).rejects.toMatchObject({ code: 'ENGINE_CONFLICT' });
  await gateway.networks.disconnect(id, container);
  await gateway.networks.remove(id);
  await gateway.networks.remove(id);

  const volume = await gateway.volumes.create({ Name: `${mark}-data`, Labels: label });
  expect(await gateway.volumes.list(marked)).toEqual([volume]);
  const user = await create(idle, {
    HostConfig: { Mounts: [{ Type: 'volume', Source: volume.name, Target: '/data' }] },
  });
  expect((await gateway.containers.list(marked)).find((item) => item.id === user)?.volumes).toEqual([volume.name]);
  await expect(gateway.volumes.remove(volume.name)).rejects.toMatchObject({ code: 'ENGINE_CONFLICT' });
});

test('images by name, id and digest', async () => {
  const { stdout } = await docker('image', 'inspect', image, '--format', '{{.Id}} {{.Size}} {{.Os}}/{{.Architecture}}');
  const found = await gateway.images.find(image);
  expect(`${found?.id} ${found?.size} ${found?.os}/${found?.arch}`).toBe(stdout.trim());
  expect(await gateway.images.find(found?.id ?? '')).toEqual(found);
  const reference = `${mark}:a`;
  await gateway.images.tag(image, mark, 'a');
  expect((await gateway.images.list({})).find(({ id }) => id === found?.id)?.tags).toContain(reference);
  await gateway.images.remove(reference);
  await gateway.images.remove(reference);
  expect(await gateway.images.find(reference)).toBeUndefined();
});

/** A feed that is collected from now on. */
function watch(through = gateway): { items: FeedItem[]; stop: () => Promise<void> } {
  const controller = new AbortController();
  const items: FeedItem[] = [];
  const running = (async () => {
    for await (const item of through.events(controller.signal)) items.push(item);
  })();
  const stop = async (): Promise<void> => {
    controller.abort();
    await running;
  };
  onTestFinished(stop);
  return { items, stop };
}

const eventsOf = (items: readonly FeedItem[], id: string): EngineEvent[] =>
  items.flatMap((item) => (item.kind === 'event' && item.event.id === id ? [item.event] : []));
const words = (events: readonly EngineEvent[]): string[] =>
  events.map(({ action, detail }) => (detail === undefined ? action : `${action} ${detail}`));
const soon = { timeout: 20_000, interval: 50 };

/** A relay in front of the engine that ends with the test. */
async function startProxy(): Promise<CutProxy> {
  const proxy = await startCutProxy(endpoint.url);
  onTestFinished(() => proxy.dispose());
  return proxy;
}

describe('events', () => {
  test('the life of a container in order, with exact times and without probe noise', async () => {
    const { items } = watch();
    await vi.waitFor(() => {
      expect(items).toContainEqual({ kind: 'resync', cause: 'connected' });
    }, soon);
    const id = await create(idle, { Healthcheck: { Test: ['CMD', 'true'], Interval: 100_000_000, Retries: 2 } });
    await gateway.containers.start(id);
    await vi.waitFor(() => {
      expect(words(eventsOf(items, id))).toContain('health_status healthy');
    }, soon);
    expect(await gateway.containers.inspect(id)).toMatchObject({
      health: 'healthy',
      healthRetries: 2,
      failingStreak: 0,
    });
    expect((await gateway.containers.inspect(id)).probes[0]).toMatchObject({ exitCode: 0 });
    const [listed] = await gateway.containers.list({ label: [`quayside.test=${mark}`] });
    expect(listed?.health).toBe('healthy');
    await gateway.containers.remove(id, { force: true, volumes: true });
    await vi.waitFor(() => {
      expect(words(eventsOf(items, id))).toEqual(['create', 'start', 'health_status healthy', 'die', 'destroy']);
    }, soon);
    const events = eventsOf(items, id);
    const times = events.map(({ timeNano }) => BigInt(timeNano));
    expect(times).toEqual([...times].sort((a, b) => (a < b ? -1 : 1)));
    expect(events.every(({ attributes }) => attributes['quayside.test'] === mark)).toBe(true);
  });

  test('a container that dies while the connection is cut is told after the reconnection, nothing twice', async () => {
    const proxy = await startProxy();
    const through = connect({ url: proxy.url, source: 'test' });
    onTestFinished(() => {
      through.dispose();
    });
    const { items } = watch(through);
    const id = await create(idle);
    await gateway.containers.start(id);
    await vi.waitFor(() => {
      expect(words(eventsOf(items, id))).toContain('start');
    }, soon);
    proxy.cut();
    await gateway.containers.stop(id, 0);
    await vi.waitFor(() => {
      expect(words(eventsOf(items, id))).toContain('stop');
      expect(words(eventsOf(items, id))).toContain('die');
    }, soon);
    expect(items.filter(({ kind }) => kind !== 'event')).toMatchObject([
      { cause: 'connected' },
      { kind: 'lost', error: { code: 'ENGINE_DOWN' } },
      { cause: 'reconnected' },
    ]);
    const seen = words(eventsOf(items, id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('an engine that freezes is noticed although its connections stay open', async () => {
    const proxy = await startProxy();
    const through = connect({ url: proxy.url, source: 'test' }, { heartbeat: { quietMs: 300, pingMs: [300, 600] } });
    onTestFinished(() => {
      through.dispose();
    });
    const { items } = watch(through);
    await vi.waitFor(() => {
      expect(items).toContainEqual({ kind: 'resync', cause: 'connected' });
    }, soon);
    proxy.freeze();
    await vi.waitFor(() => {
      expect(items.find(({ kind }) => kind === 'lost')).toMatchObject({ error: { code: 'ENGINE_TIMEOUT' } });
    }, soon);
  });
});

describe('logs', () => {
  const text = (chunks: readonly LogChunk[], stream: number): string =>
    Buffer.concat(chunks.filter((chunk) => chunk.stream === stream).map(({ payload }) => payload)).toString();

  test('both streams byte for byte as the reference prints them', async () => {
    const id = await create('for (let i = 0; i < 500; i++) { console.log("out Grüße", i); console.error("err", i); }');
    await gateway.containers.start(id);
    await vi.waitFor(async () => {
      expect((await gateway.containers.inspect(id)).state).toBe('exited');
    }, soon);
    const chunks = await collect(gateway.containers.logs(id, false, { follow: false }));
    const { stdout, stderr } = await docker('logs', '--timestamps', id);
    expect(text(chunks, 1)).toBe(stdout);
    expect(text(chunks, 2)).toBe(stderr);
    expect(stdout.split('\n')).toHaveLength(501);
    const followed = await collect(gateway.containers.logs(id, false, { follow: true }));
    expect(followed).toHaveLength(1000);
    const lastTwo = await collect(gateway.containers.logs(id, false, { follow: false, tail: 2 }));
    expect(lastTwo).toHaveLength(2);
  });

  test('a terminal that prints JSON (J.1 row 4)', async () => {
    const id = await create('console.log(JSON.stringify({ level: 30 }))', { Tty: true });
    await gateway.containers.start(id);
    const chunks = await collect(gateway.containers.logs(id, true, { follow: true }));
    expect(text(chunks, 1)).toMatch(/^\S+Z \{"level":30\}\r\n$/);
  });

  test('following from a time on, until aborted', async () => {
    const id = await create('let n = 0; setInterval(() => console.log(n++), 20)');
    await gateway.containers.start(id);
    const lines = async (number: number, since?: string): Promise<string[]> => {
      const stop = new AbortController();
      const got: string[] = [];
      const options = { follow: true, signal: stop.signal, ...(since === undefined ? {} : { since }) };
      for await (const { payload } of gateway.containers.logs(id, false, options)) {
        got.push(Buffer.from(payload).toString());
        if (got.length === number) stop.abort();
      }
      // On a busy machine several lines come in one piece.
      return got.slice(0, number);
    };
    const first = await lines(5);
    const [stamp = ''] = (first[3] ?? '').split(' ');
    const seconds = Math.floor(Date.parse(stamp) / 1000);
    const nanos = /\.(\d{9})Z$/.exec(stamp)?.[1] ?? '';
    expect(await lines(2, `${seconds}.${nanos}`)).toEqual(first.slice(3));
  });
});
