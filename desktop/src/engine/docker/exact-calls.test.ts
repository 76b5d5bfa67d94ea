import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { allowedCall, allowedCalls } from './allowed-calls.ts';
import { connect } from './connect.ts';
import { jsonAnswer, startRawEngine } from './fixtures/raw-engine.ts';
import type { BuildRequest, DockerGateway } from './types.ts';

/** A container that somebody else removes just now. */
const busy = 'busy';

/** What an engine has to say so that the next request of a call is made, too. */
const answers: Readonly<Record<string, string>> = {
  [`DELETE /containers/${busy}`]: jsonAnswer({ message: `removal of container ${busy} is already in progress` }, 409),
  'POST /containers/x/exec': jsonAnswer({ Id: 'e' }),
  'POST /exec/e/start': jsonAnswer(''),
};

async function all(items: AsyncIterable<unknown>): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

/** One for each method of the gateway but `dispose`, and a second one for a container that is being removed. */
function everyCall(gateway: DockerGateway, folder: string): readonly (() => Promise<unknown>)[] {
  const { containers, networks, volumes, images } = gateway;
  const soon = () => AbortSignal.timeout(500);
  const logs = () => ({ follow: false, tail: 1, signal: soon() });
  const build: BuildRequest = {
    ...{
      context: folder,
      dockerfile: 'Dockerfile',
      tags: ['t'],
      args: {},
      labels: {},
      classicLabels: {},
      cacheFrom: [],
    },
    ...{ noCache: false, pull: false, extraHosts: [], ulimits: [], secrets: [], signal: AbortSignal.timeout(5000) },
  };
  return [
    () => gateway.ping(),
    () => gateway.catchUpLogs(),
    () => gateway.info(),
    () => gateway.machine(),
    () => gateway.freeRoom(),
    () => gateway.proxyEnvironment(),
    () => all(gateway.events(soon())),
    () => containers.list({}),
    () => containers.inspect('x'),
    () => containers.settings('x'),
    () => containers.usage('x'),
    () => containers.create({ name: 'x', config: {} }),
    () => containers.start('x'),
    () => containers.stop('x', 1),
    () => containers.remove('x', { force: false, volumes: false }),
    () => containers.remove(busy, { force: false, volumes: false }),
    () => containers.rename('x', 'y'),
    () => all(containers.logs('x', false, logs())),
    () => containers.drainLogs('x', false, logs(), { frame: () => undefined }),
    () => containers.exec('x', { command: ['true'], signal: soon() }),
    () => containers.putArchive('x', '/', new Uint8Array(1024), { ownByUser: false }),
    () => networks.list({}),
    () => networks.inspect('x'),
    () => networks.create({ Name: 'x' }),
    () => networks.connect('x', 'x', {}),
    () => networks.disconnect('x', 'x'),
    () => networks.remove('x'),
    () => volumes.list({}),
    () => volumes.inspect('x'),
    () => volumes.create({ Name: 'x' }),
    () => volumes.remove('x'),
    () => images.find('x'),
    () => images.list({}),
    () => images.tag('x', 'y', 'z'),
    () => images.remove('x'),
    () => images.import('x', 'y', new Uint8Array(1024)),
    () => images.login('registry.example'),
    () => images.logins(),
    () => images.checkLogin('registry.example', { username: 'u', password: 'p' }),
    () => images.remote('registry.example/x:1', 1000),
    () => all(images.pull('registry.example/x:1', { signal: soon() })),
    () => all(images.build(build)),
  ];
}

const isMethod = (room: object, name: string): boolean => typeof Reflect.get(room, name) === 'function';

test('the list of calls is what the gateway asks for, no more and no less', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qs-test-calls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n');
  const engine = await startRawEngine(({ method, path, socket }) => {
    const answer = answers[`${method} ${path}`];
    if (answer !== undefined) socket.write(answer);
    return answer !== undefined;
  });
  // Each builder asks in its own way.
  for (const DOCKER_BUILDKIT of ['0', '1']) {
    const gateway = connect(engine.endpoint, { env: { DOCKER_CONFIG: folder, DOCKER_BUILDKIT } });
    const rooms = [gateway, gateway.containers, gateway.networks, gateway.volumes, gateway.images];
    const methods = rooms.flatMap((room: object) => Object.keys(room).filter((name) => isMethod(room, name)));
    const calls = everyCall(gateway, folder);
    expect(calls).toHaveLength(methods.length);
    // What comes of them does not matter here.
    for (const call of calls) await call().catch(() => undefined);
    gateway.dispose();
  }
  // What follows the head of a build is no request, though the engine here takes it for one.
  const requests = engine.requests.filter(({ method }) => /^[A-Z]+$/.test(method));
  const kinds = requests.map(({ method, path }) => allowedCall(method, path) ?? `${method} ${path}`);
  expect([...new Set(kinds)].toSorted()).toEqual(allowedCalls.toSorted());
});
