import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testEngine } from '#testing/docker-cli.ts';
import { type SshServer, startSshServer } from '#testing/ssh-server.ts';
import { connect } from '../connect.ts';
import type { DockerGateway } from '../types.ts';

let server: SshServer;
let gateway: DockerGateway | undefined;
const ownPath = process.env['PATH'];

beforeAll(async () => {
  server = await startSshServer();
});

beforeEach(() => () => {
  gateway?.dispose();
  gateway = undefined;
  process.env['PATH'] = ownPath;
});

afterAll(() => server.dispose());

/** The engine of the tests, from what is another machine as far as Quayside can tell. */
async function far(options: Parameters<SshServer['path']>[0] = {}, port = server.port): Promise<DockerGateway> {
  process.env['PATH'] = await server.path(options);
  gateway = connect({ url: `ssh://root@127.0.0.1:${port}${testEngine().replace('unix://', '')}`, source: 'test' });
  return gateway;
}

describe('an engine on another machine', () => {
  test('is worked with through one connection, however much is asked at once', async () => {
    const before = server.logins();
    const remote = await far();
    const near = connect({ url: testEngine(), source: 'test' });
    const [info] = await Promise.all([remote.info(), ...Array.from({ length: 30 }, () => remote.containers.list({}))]);
    expect(info).toEqual(await near.info());
    near.dispose();
    expect(server.logins() - before).toBe(1);
  });

  test('is connected to again when the connection has broken', async () => {
    const before = server.logins();
    const remote = await far();
    await remote.ping();
    await server.breakAll();
    await expect
      .poll(
        () =>
          remote.ping().then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 20_000 },
      )
      .toBe('answers');
    expect(server.logins() - before).toBe(2);
  });
});

describe('one that cannot be reached says why', () => {
  test('the key is not known there', async () => {
    await expect((await far({ key: 'other' })).ping()).rejects.toMatchObject({ code: 'ENGINE_PERMISSION' });
  });

  test('the machine is not known here', async () => {
    await expect((await far({ trusted: false })).ping()).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
  });

  test('nobody listens', async () => {
    await expect((await far({}, 1)).ping()).rejects.toMatchObject({ code: 'ENGINE_DOWN' });
  });

  test('there is no ssh here', async () => {
    const remote = await far();
    process.env['PATH'] = '/nowhere';
    await expect(remote.ping()).rejects.toMatchObject({ code: 'ENGINE_ENDPOINT' });
  });
});
