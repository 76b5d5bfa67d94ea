import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { type DrivenProject, idleService, operationsOn } from '#testing/operations-on.ts';
import { atLeast } from '../docker/index.ts';

const newest = await dockerText('version', '--format', '{{.Server.APIVersion}}');
/** The oldest API, the last without and the first with several networks at creation; an older engine does not speak all. */
const versions = ['1.41', '1.43', '1.44'].filter((version) => atLeast(newest, version));

const mac = '02:42:ac:11:65:43';
const endpoint = z.object({ Aliases: z.array(z.string()).nullable(), MacAddress: z.string() });
const inspected = z.tuple([
  z.object({
    Id: z.string(),
    Config: z.object({ Healthcheck: z.record(z.string(), z.unknown()).optional() }),
    NetworkSettings: z.object({ Networks: z.record(z.string(), endpoint) }),
  }),
]);

describe.each(versions)('an engine spoken to with API %s', (version) => {
  let project: ComposeProject;
  let driven: DrivenProject;
  beforeEach(async () => {
    // Both tools look there.
    vi.stubEnv('DOCKER_API_VERSION', version);
    project = await createComposeProject();
    driven = await operationsOn(project, await dockerText('compose', 'version', '--short'));
    expect((await driven.gateway.info()).apiVersion).toBe(version);
  });
  afterEach(async () => {
    driven.gateway.dispose();
    await project.remove();
    vi.unstubAllEnvs();
  });

  /** Writes a project of the service `a` with the networks `front` and `back`. */
  const write = (more: object): Promise<void> =>
    project.write('compose.yaml', { services: { a: idleService(more) }, networks: { front: {}, back: {} } });

  async function look() {
    const name = `${project.name}-a-1`;
    return inspected.parse(JSON.parse(await dockerText('container', 'inspect', name)))[0];
  }

  /** What a container is called in each of its networks, and its address there where the files ask for one. */
  async function attachments() {
    const { Id, NetworkSettings } = await look();
    return Object.entries(NetworkSettings.Networks)
      .map(([network, { Aliases, MacAddress }]) => {
        const aliases = new Set(Aliases?.filter((alias) => alias !== Id.slice(0, 12)));
        return { network, aliases: [...aliases].sort(), ...(MacAddress === mac ? { mac } : {}) };
      })
      .sort((one, other) => one.network.localeCompare(other.network));
  }

  test('attaches a service to all of its networks, as docker compose does, and gives the first its MAC address', async () => {
    await write({ mac_address: mac, networks: { front: { aliases: ['x'] }, back: { aliases: ['y'], priority: 5 } } });
    await driven.done({ verb: 'up' });
    const ours = await attachments();
    // It does not notice that it is to speak an older API, and fails. Some versions of it lose the address.
    vi.stubEnv('DOCKER_API_VERSION', undefined);
    expect(await project.compose('up', '--detach')).not.toMatch(/Recreate|Creat|Start/);
    await project.compose('up', '--detach', '--force-recreate');
    const theirs = await attachments();
    expect(ours.map((one) => ({ ...one, mac: undefined }))).toEqual(theirs.map((one) => ({ ...one, mac: undefined })));
    expect(ours.filter((one) => one.mac === mac).map(({ network }) => network)).toEqual([`${project.name}_back`]);
    expect(await driven.plan({ verb: 'up', wait: false })).toEqual([]);
  });

  test(`${atLeast(version, '1.44') ? 'gives' : 'refuses'} a further network a MAC address`, async () => {
    await write({ networks: { front: { priority: 1 }, back: { mac_address: mac } } });
    if (atLeast(version, '1.44')) {
      await driven.done({ verb: 'up' });
      expect((await attachments())[0]).toMatchObject({ network: `${project.name}_back`, mac });
      return;
    }
    await expect(driven.plan({ verb: 'up' })).rejects.toMatchObject({
      code: 'COMPOSE_UNSUPPORTED',
      message: `services.a.networks.back.mac_address needs Docker 25 (API 1.44) or newer; this engine speaks API ${version}.`,
    });
  });

  test(`${atLeast(version, '1.44') ? 'knows' : 'leaves out'} the interval of the first probes`, async () => {
    const healthcheck = { test: ['CMD', 'true'], interval: '1s', start_period: '2s', start_interval: '700ms' };
    await write({ healthcheck });
    const { end, notes } = await driven.run({ verb: 'up' });
    expect(end.outcome).toBe('done');
    const { StartInterval } = (await look()).Config.Healthcheck ?? {};
    if (atLeast(version, '1.44')) {
      expect([notes, StartInterval]).toEqual([[], 700_000_000]);
    } else {
      const lack = `it needs Docker 25 (API 1.44) or newer; this engine speaks API ${version}.`;
      expect(notes).toEqual([`services.a.healthcheck.start_interval is left out: ${lack}`]);
      expect(StartInterval ?? 0).toBe(0);
    }
  });

  test('refuses a part of a volume before anything is made', async () => {
    const mount = { type: 'volume', source: 'data', target: '/data', volume: { subpath: 'x' } };
    await project.write('compose.yaml', { services: { a: idleService({ volumes: [mount] }) }, volumes: { data: {} } });
    const { end } = await driven.run({ verb: 'up' });
    expect(end).toMatchObject({ outcome: 'failed', problem: { code: 'COMPOSE_UNSUPPORTED' } });
    expect(end.problem?.message).toContain('services.a.volumes /data (subpath) needs Docker 26 (API 1.45)');
    expect(await dockerText('volume', 'ls', '-q', '--filter', `label=com.docker.compose.project=${project.name}`)).toBe(
      '',
    );
  });
});
