import { describe, expect, test } from 'vitest';
import { type Action, action } from '#contract/index.ts';
import { type Model, networkHash } from '#engine/compose/index.ts';
import type { ContainerDetail, NetworkDetail } from '#engine/docker/index.ts';
import { container, model, observed, service } from '#testing/stack-fixture.ts';
import { label } from '../labels.ts';
import { planAction } from './plan-action.ts';
import type { Step } from './step.ts';
import { planUp } from './up.ts';

const backend = service('backend');
const frontend = service('frontend', { depends_on: { backend: { condition: 'service_started', required: true } } });
const images = ['backend:1', 'frontend:1'];
const up = (more: Partial<Action> = {}): Action => action.parse({ verb: 'up', wait: false, ...more });
const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);
const outdated = (of: ContainerDetail): ContainerDetail => ({
  ...of,
  labels: { ...of.labels, [label.configHash]: 'old' },
});

function before(steps: readonly Step[], earlier: string, later: string): boolean {
  const after = steps.find((step) => step.id === later)?.after ?? [];
  return after.includes(earlier) || after.some((id) => before(steps, earlier, id));
}

describe('what may be recreated', () => {
  const both = model([backend, frontend]);
  const running = observed([container(backend), container(frontend)], images);

  test('no-recreate leaves a differing container alone', () => {
    const seen = observed([outdated(container(backend))], images);
    expect(planUp(model([backend]), seen, up()).steps).not.toEqual([]);
    expect(planUp(model([backend]), seen, up({ noRecreate: true })).steps).toEqual([]);
  });

  test('always-recreate-deps takes the dependencies of a named service along', () => {
    const named = { services: ['frontend'], alwaysRecreateDeps: true };
    const touched = planUp(both, running, up(named)).steps.flatMap((step) => step.service ?? []);
    expect(new Set(touched)).toEqual(new Set(['backend']));
  });

  test('no-deps leaves a dependency alone that differs', () => {
    const seen = observed([outdated(container(backend)), outdated(container(frontend))], images);
    const touched = planUp(both, seen, up({ services: ['frontend'], noDeps: true })).steps;
    expect(new Set(touched.flatMap((step) => step.service ?? []))).toEqual(new Set(['frontend']));
  });

  test('new anonymous volumes are told to the create step of the named services only', () => {
    const { steps } = planUp(both, running, up({ services: ['frontend'], renewAnonVolumes: true }));
    expect(steps.map(({ task }) => (task.do === 'create' ? [task.name, task.renewVolumes] : []))[0]?.[1]).toBe(true);
    expect(new Set(steps.flatMap((step) => step.service ?? []))).toEqual(new Set(['frontend']));
  });
});

describe('scale', () => {
  test('goes over what the files say', () => {
    const { steps } = planUp(model([backend]), observed([container(backend)], images), up({ scale: { backend: 3 } }));
    expect(ids(steps)).toEqual(['create:p-backend-2', 'start:p-backend-2', 'create:p-backend-3', 'start:p-backend-3']);
  });

  test('an unknown service and a fixed container name are refused', () => {
    const named = service('backend', { container_name: 'one' });
    expect(() => planUp(model([backend]), observed([], []), up({ scale: { ghost: 2 } }))).toThrow(
      'no service named ghost',
    );
    expect(() => planUp(model([named]), observed([], []), up({ scale: { backend: 2 } }))).toThrow('container_name');
  });
});

describe('what is shared', () => {
  test.each([
    { network_mode: 'service:backend' },
    { ipc: 'service:backend' },
    { pid: 'service:backend' },
    { volumes_from: ['backend:ro'] },
  ])('%j: the sharing service is recreated with the other and created after it runs', (more) => {
    const sharing = service('sidecar', {
      ...more,
      depends_on: { backend: { condition: 'service_started', required: true } },
    });
    const seen = observed([outdated(container(backend)), container(sharing)], [...images, 'sidecar:1']);
    const { steps } = planUp(model([backend, sharing]), seen, up());
    expect(before(steps, 'start:p-backend-1', 'create:p-sidecar-1')).toBe(true);
    expect(steps.find(({ id }) => id === 'create:p-sidecar-1')?.cause).toContain('shares');
  });
});

describe('a changed network', () => {
  const other: NetworkDetail = {
    id: 'net-1',
    name: 'p_default',
    labels: { [label.network]: 'default', [label.configHash]: 'other' },
    containers: [],
  };

  test('takes along every service on it, also those not named', () => {
    const seen = observed([container(backend), container(frontend)], images, { networks: [other] });
    const { steps } = planUp(model([backend, frontend]), seen, up({ services: ['backend'] }));
    for (const name of ['p-backend-1', 'p-frontend-1'])
      expect(before(steps, 'network:default', `create:${name}`)).toBe(true);
    expect(before(steps, 'network-remove:default', 'network:default')).toBe(true);
  });

  test('is compared as the docker compose that made it hashes, not as the newest does', () => {
    const options = { name: 'p_default', ipam: { options: { a: 'b' } } };
    const ours: Model = { ...model([backend]), networks: new Map([['default', options]]) };
    const madeBy = (version: string): NetworkDetail => ({
      ...other,
      labels: { ...other.labels, [label.version]: version, [label.configHash]: networkHash(options, 'P2') },
    });
    const changed = (version: string): boolean =>
      planUp(ours, observed([container(backend)], images, { networks: [madeBy(version)] }), up()).steps.some(
        ({ id }) => id === 'network-remove:default',
      );
    expect([changed('2.40.3'), changed('5.2.0')]).toEqual([false, true]);
  });

  test('that has a new name is made under it and the old one goes', () => {
    const renamed: Model = { ...model([backend]), networks: new Map([['default', { name: 'fresh' }]]) };
    const { steps } = planUp(renamed, observed([container(backend)], images), up());
    expect(steps.find(({ id }) => id === 'network:default')).toMatchObject({
      resource: 'fresh',
      cause: 'it is called fresh now',
    });
    expect(steps.find(({ id }) => id === 'network-remove:default')?.resource).toBe('p_default');
  });
});

describe('a changed volume', () => {
  const data = new Map([['data', { name: 'p_data' }]]);
  const stored = service('backend', { volumes: [{ type: 'volume', source: 'data', target: '/data' }] });
  const old = { name: 'p_data', driver: 'local', labels: { [label.configHash]: 'other', [label.volume]: 'data' } };
  const seen = observed([container(stored, 1, { volumes: ['p_data'] })], images, { volumes: [old] });

  test('is made anew only when it is named, behind the removal of everything that uses it', () => {
    const kept = planUp(model([stored], data), seen, up());
    expect([ids(kept.steps), kept.warnings.length]).toEqual([[], 1]);
    const { steps } = planUp(model([stored], data), seen, up({ recreateVolumes: ['p_data'] }));
    expect(ids(steps)).toEqual([
      'stop:p-backend-1',
      'remove:p-backend-1',
      'volume-remove:data',
      'volume:data',
      'create:p-backend-1',
      'start:p-backend-1',
    ]);
    expect(before(steps, 'remove:p-backend-1', 'volume-remove:data')).toBe(true);
    expect(before(steps, 'volume:data', 'create:p-backend-1')).toBe(true);
  });

  test('takes along every service that uses it, also those not named', () => {
    const second = { ...stored, name: 'second', image: 'second:1' };
    const both = observed(
      [...seen.containers, container(second, 1, { volumes: ['p_data'] })],
      [...images, 'second:1'],
      {
        volumes: [old],
      },
    );
    const wanted = up({ services: ['backend'], recreateVolumes: ['p_data'] });
    expect(ids(planUp(model([stored, second], data), both, wanted).steps)).toContain('start:p-second-1');
  });

  test('a name that needs no renewal is refused', () => {
    expect(() => planUp(model([stored], data), seen, up({ recreateVolumes: ['p_other'] }))).toThrow('p_other');
  });

  test('one with a new name begins empty, and where the data stays is said', () => {
    const renamed = planUp(model([stored], new Map([['data', { name: 'fresh' }]])), seen, up());
    expect(renamed.warnings.join()).toContain('stays in p_data');
    expect(ids(renamed.steps)).not.toContain('volume-remove:data');
  });
});

test('down removes only the images that were asked for', () => {
  const { image: _, ...unnamed } = service('built', { build: { context: '/srv/p' } });
  const stack = model([backend, unnamed]);
  const seen = observed([], ['backend:1', 'p-built']);
  const removed = (images: 'local' | 'all'): string[] =>
    ids(planAction(stack, seen, action.parse({ verb: 'down', images })).steps);
  expect(removed('local')).toEqual(['image-remove:p-built']);
  expect(removed('all')).toEqual(['image-remove:backend:1', 'image-remove:p-built']);
});
