import { mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { action } from '#contract/index.ts';
import type { DockerGateway } from '#engine/docker/index.ts';
import { type ComposeProject, createComposeProject } from '#testing/compose-project.ts';
import { dockerText } from '#testing/docker-cli.ts';
import { type DrivenProject, idleService, operationsOn } from '#testing/operations-on.ts';
import type { Consent } from './consent.ts';

const compose = '2.40.3';
let project: ComposeProject;
let driven: DrivenProject;

afterEach(async () => {
  driven.gateway.dispose();
  await project.remove();
});

/** Everything of the project on the engine, by kind. */
const onEngine = async (): Promise<string> => {
  const filter = ['--filter', `label=com.docker.compose.project=${project.name}`, '-q'];
  const lists = [
    ['ps', '-a'],
    ['network', 'ls'],
    ['volume', 'ls'],
  ].map((words) => dockerText(...words, ...filter));
  return (await Promise.all(lists)).join('');
};

const forms = {
  Binds: (source: string) => `${source}:/x`,
  Mounts: (source: string) => ({ type: 'bind', source, target: '/x', bind: { create_host_path: false } }),
};

describe.each(Object.entries(forms))('a folder of the machine that ends up in %s', (key, form) => {
  test('is refused before anything is done, and made once it is agreed to', async () => {
    project = await createComposeProject({ services: { a: idleService({ volumes: [form('/srv')] }) } });
    const granted: string[] = [];
    const consent: Consent = {
      decisions: (_asker, risks) => Promise.resolve(risks.map(({ id }) => (granted.includes(id) ? 'agreed' : 'ask'))),
      grant: (_asker, ids) => Promise.resolve(void granted.push(...ids)),
    };
    driven = await operationsOn(project, compose, process.env, undefined, consent);
    const up = { verb: 'up' } as const;
    const plan = await driven.operations.plan('default', action.parse(up));
    const id = 'services.a.volumes.source=/srv';
    expect(plan.risks).toMatchObject([{ id, decision: 'ask', kind: 'host-files', place: { file: 'compose.yaml' } }]);
    await expect(driven.run(up)).rejects.toMatchObject({ code: 'POLICY_REFUSED', details: { risks: [id] } });
    await expect(driven.run({ ...up, allowRisks: ['services.a.privileged'] })).rejects.toMatchObject({
      code: 'POLICY_REFUSED',
    });
    expect(await onEngine()).toBe('');
    await driven.done({ ...up, allowRisks: [id] });
    expect(granted).toEqual([id]);
    const shown = await dockerText('inspect', '--format', `{{json .HostConfig.${key}}}`, `${project.name}-a-1`);
    expect(shown).toContain('/srv');
    // Remembered: it is not asked for again, for whatever makes containers.
    await driven.done({ ...up, forceRecreate: true });
    await driven.done({ ...up, scale: { a: 2 } });
  });

  test('by a link that was turned after the files were read is refused by the call itself', async () => {
    project = await createComposeProject({ services: { a: idleService({ volumes: [form('./turned')] }) } });
    const inProject = (name: string): string => join(project.directory, name);
    await mkdir(inProject('turned'));
    const turn = async (): Promise<void> => {
      await symlink('/etc', inProject('new'));
      await rename(inProject('turned'), inProject('old'));
      await rename(inProject('new'), inProject('turned'));
    };
    // The network is made before the container: the files have been read by then.
    const through = (gateway: DockerGateway): DockerGateway => {
      const create: DockerGateway['networks']['create'] = async (body) => {
        await turn();
        return gateway.networks.create(body);
      };
      return { ...gateway, networks: { ...gateway.networks, create } };
    };
    driven = await operationsOn(project, compose, process.env, through);
    const { end } = await driven.run({ verb: 'up' });
    expect(end.outcome).toBe('failed');
    expect(end.problem).toMatchObject({ code: 'POLICY_REFUSED', details: { power: 'path:/etc' } });
    expect(await dockerText('ps', '-aq', '--filter', `label=com.docker.compose.project=${project.name}`)).toBe('');
  });
});

test('a volume that is a folder of the machine by another name is refused like the folder', async () => {
  const driver_opts = { type: 'none', o: 'rbind', device: '/srv' };
  project = await createComposeProject({
    services: { a: idleService({ volumes: ['data:/x'] }) },
    volumes: { data: { driver: 'local', driver_opts } },
  });
  const ask: Consent = {
    decisions: (_asker, risks) => Promise.resolve(risks.map(() => 'ask')),
    grant: () => Promise.resolve(),
  };
  driven = await operationsOn(project, compose, process.env, undefined, ask);
  const refused = { code: 'POLICY_REFUSED', details: { risks: ['volumes.data.driver_opts.device=/srv'] } };
  await expect(driven.run({ verb: 'up' })).rejects.toMatchObject(refused);
  await expect(driven.run({ verb: 'build' })).rejects.toMatchObject(refused);
  expect(await onEngine()).toBe('');
});
