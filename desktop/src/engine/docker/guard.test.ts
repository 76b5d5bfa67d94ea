import { expect, test } from 'vitest';
import { QuaysideError } from '#contract/index.ts';
import { guarded } from './guard.ts';
import type { DockerGateway } from './types.ts';

const own = 'a'.repeat(64);
const foreign = 'f'.repeat(64);

/** An engine on which everything called own carries the label, and that notes what is changed. */
function engine(): { gateway: DockerGateway; changed: string[]; looks: () => number } {
  const changed: string[] = [];
  let looks = 0;
  const labels = (id: string) => {
    looks += 1;
    if (id === 'gone') throw new QuaysideError('ENGINE_NOT_FOUND', 'gone');
    return { id, name: id, labels: id === own || id === 'own' ? { project: 'p' } : { project: 'other' } };
  };
  const room = () =>
    new Proxy(
      { inspect: (id: string) => Promise.resolve().then(() => labels(id)) },
      {
        get(known, name) {
          if (name === 'inspect') return known.inspect;
          return (...args: unknown[]) => {
            changed.push(`${String(name)} ${JSON.stringify(args[0])}`);
            return Promise.resolve({ id: own });
          };
        },
        ownKeys: () => [],
      },
    );
  const gateway = { containers: room(), networks: room(), volumes: room() } as unknown as DockerGateway;
  return { gateway, changed, looks: () => looks };
}

const guard = {
  owner: { label: 'project', value: 'p' },
  checkContainer: () => undefined,
  checkVolume: () => undefined,
  checkExec: () => undefined,
};

const archive = new Uint8Array();
const calls: [string, (gateway: DockerGateway, id: string) => Promise<unknown>][] = [
  ['containers.start', ({ containers }, id) => containers.start(id)],
  ['containers.stop', ({ containers }, id) => containers.stop(id)],
  ['containers.remove', ({ containers }, id) => containers.remove(id, { force: true, volumes: true })],
  ['containers.rename', ({ containers }, id) => containers.rename(id, 'x')],
  ['containers.exec', ({ containers }, id) => containers.exec(id, { command: ['true'] })],
  ['containers.putArchive', ({ containers }, id) => containers.putArchive(id, '/', archive, { ownByUser: false })],
  ['networks.connect', ({ networks }, id) => networks.connect('any', id, {})],
  ['networks.disconnect', ({ networks }, id) => networks.disconnect(own, id)],
  ['networks.disconnect of a network', ({ networks }, id) => networks.disconnect(id, own)],
  ['networks.remove', ({ networks }, id) => networks.remove(id)],
  ['volumes.remove', ({ volumes }, id) => volumes.remove(id)],
  ['containers.create', ({ containers }, id) => containers.create({ name: id, config: labelled(id) })],
  ['networks.create', ({ networks }, id) => networks.create({ Name: id, ...labelled(id) })],
  ['volumes.create', ({ volumes }, id) => volumes.create({ Name: id, ...labelled(id) })],
];
const labelled = (id: string) => (id === own ? { Labels: { project: 'p' } } : {});

test.each(calls)('%s touches nothing of another project', async (_name, call) => {
  const { gateway, changed } = engine();
  await expect(call(guarded(gateway, guard), foreign)).rejects.toMatchObject({ code: 'POLICY_REFUSED' });
  expect(changed).toEqual([]);
  await call(guarded(gateway, guard), own);
  expect(changed).toHaveLength(1);
});

test('every call that changes something by id is guarded', () => {
  const { gateway } = engine();
  const safe = guarded(gateway, guard);
  const reads = new Set(['list', 'inspect', 'settings', 'logs', 'drainLogs']);
  for (const room of ['containers', 'networks', 'volumes'] as const) {
    const named = calls.filter(([name]) => name.startsWith(room)).map(([name]) => name.split(/[. ]/)[1]);
    expect(new Set(Object.keys(safe[room]).filter((name) => !reads.has(name)))).toEqual(new Set(named));
  }
});

test('an id is looked at once, a name each time', async () => {
  const { gateway, looks } = engine();
  const safe = guarded(gateway, guard);
  await safe.containers.stop(own);
  await safe.containers.start(own);
  expect(looks()).toBe(1);
  await safe.containers.stop('own');
  await safe.containers.start('own');
  expect(looks()).toBe(3);
});

test('what is gone can be removed again, not started', async () => {
  const { gateway, changed } = engine();
  const safe = guarded(gateway, guard);
  await safe.containers.remove('gone', { force: true, volumes: false });
  await safe.networks.remove('gone');
  await safe.volumes.remove('gone');
  await expect(safe.containers.start('gone')).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
  expect(changed).toHaveLength(3);
});
