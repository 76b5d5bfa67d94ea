import { describe, expect, test } from 'vitest';
import { type Action, action } from '#contract/index.ts';
import { container, model, observed, service } from '#testing/stack-fixture.ts';
import { label } from '../labels.ts';
import type { Step } from './step.ts';
import { planUp } from './up.ts';

const healthcheck = { test: ['CMD', 'true'] };
const backend = service('backend', { healthcheck });
const frontend = service('frontend', { depends_on: { backend: { condition: 'service_healthy', required: true } } });
const up = (more: Partial<Action> = {}): Action => action.parse({ verb: 'up', ...more });
const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);

/** True where `later` can only run when `earlier` is done. */
function comesAfter(steps: readonly Step[], later: string, earlier: string): boolean {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const before = byId.get(later)?.after ?? [];
  return before.includes(earlier) || before.some((id) => comesAfter(steps, id, earlier));
}

describe('up', () => {
  test('of a stack that runs as the files say does nothing', () => {
    const seen = observed([container(backend), container(frontend)], ['backend:1', 'frontend:1']);
    expect(planUp(model([backend, frontend]), seen, up()).steps).toEqual([]);
  });

  test('from nothing pulls, creates the network and the containers, and starts them behind their dependencies', () => {
    const { steps } = planUp(model([frontend, backend]), observed([], []), up());
    expect(comesAfter(steps, 'create:p-backend-1', 'pull:backend:1')).toBe(true);
    expect(comesAfter(steps, 'create:p-backend-1', 'network:default')).toBe(true);
    expect(comesAfter(steps, 'start:p-frontend-1', 'wait:backend')).toBe(true);
    expect(comesAfter(steps, 'wait:backend', 'start:p-backend-1')).toBe(true);
    expect(ids(steps)).toContain('wait:frontend');
  });

  test('--no-wait keeps only the waits that dependencies need', () => {
    const { steps } = planUp(
      model([backend, frontend]),
      observed([], ['backend:1', 'frontend:1']),
      up({ wait: false }),
    );
    expect(ids(steps).filter((id) => id.startsWith('wait:'))).toEqual(['wait:backend']);
  });

  test('a changed service is created before the old one stops, and swapped once its dependencies are ready', () => {
    const old = container(frontend, 1, { labels: { ...container(frontend).labels, [label.configHash]: 'old' } });
    const { steps } = planUp(
      model([backend, frontend]),
      observed([container(backend), old], ['backend:1', 'frontend:1']),
      up(),
    );
    expect(ids(steps)).toEqual([
      'create:p-frontend-1',
      'stop:p-frontend-1',
      'remove:p-frontend-1',
      'rename:p-frontend-1',
      'start:p-frontend-1',
      'wait:frontend',
    ]);
    expect(comesAfter(steps, 'stop:p-frontend-1', 'create:p-frontend-1')).toBe(true);
    expect(comesAfter(steps, 'rename:p-frontend-1', 'remove:p-frontend-1')).toBe(true);
    expect(comesAfter(steps, 'start:p-frontend-1', 'rename:p-frontend-1')).toBe(true);
    expect(steps[0]?.cause).toBe('its configuration changed');
  });

  test('a new image behind the same tag recreates the container', () => {
    const old = container(backend, 1, { labels: { ...container(backend).labels, [label.image]: 'sha256:older' } });
    const { steps } = planUp(model([backend]), observed([old], ['backend:1']), up());
    expect(steps[0]?.cause).toBe('its image changed');
  });

  test('a build leaves the container alone if it gives the image that runs already', () => {
    const built = service('backend', { build: { context: '/srv/p' } });
    const { steps } = planUp(model([built]), observed([container(built)], ['backend:1']), up({ build: true }));
    expect(steps[0]?.id).toBe('build:backend');
    expect(steps.find((step) => step.id === 'create:p-backend-1')?.unless).toEqual([
      { service: 'backend', image: 'sha256:backend:1' },
    ]);
  });

  test('recreation that was asked for touches the named services, not what they depend on', () => {
    const seen = observed([container(backend), container(frontend)], ['backend:1', 'frontend:1']);
    const { steps } = planUp(model([backend, frontend]), seen, up({ forceRecreate: true, services: ['frontend'] }));
    expect(new Set(steps.map(({ service: name }) => name))).toEqual(new Set(['frontend']));
    expect(steps[0]).toMatchObject({ kind: 'container.create', cause: 'recreation was asked for' });
  });

  test('a stopped container is started, not recreated', () => {
    const stopped = container(backend, 1, { state: 'exited', running: false });
    const { steps } = planUp(model([backend]), observed([stopped], ['backend:1']), up());
    expect(ids(steps)).toEqual(['start:p-backend-1', 'wait:backend']);
  });

  test('scale removes the highest numbers and adds after the highest', () => {
    const two = service('backend', { scale: 2 });
    const more = planUp(model([two]), observed([container(two, 3)], ['backend:1']), up({ wait: false }));
    expect(ids(more.steps)).toEqual(['create:p-backend-4', 'start:p-backend-4']);
    const one = service('backend', { scale: 1 });
    const less = planUp(model([one]), observed([container(one, 1), container(one, 2)], ['backend:1']), up());
    expect(ids(less.steps)).toEqual(['stop:p-backend-2', 'remove:p-backend-2']);
  });

  test('a replacement that was cut off is finished when it is current', () => {
    const old = container(backend, 1, { labels: { ...container(backend).labels, [label.configHash]: 'old' } });
    const half = halfMade(backend, old.id);
    const { steps } = planUp(model([backend]), observed([old, half], ['backend:1']), up({ wait: false }));
    expect(ids(steps)).toEqual(['stop:p-backend-1', 'remove:p-backend-1', 'rename:p-backend-1', 'start:p-backend-1']);
  });

  test('a replacement that was cut off is renamed and started when the old container is gone', () => {
    const half = halfMade(backend, 'f'.repeat(64));
    const { steps } = planUp(model([backend]), observed([half], ['backend:1']), up({ wait: false }));
    expect(ids(steps)).toEqual(['rename:p-backend-1', 'start:p-backend-1']);
  });

  test('orphans are named and left alone, or removed when that was asked for', () => {
    const orphan = container(service('worker'));
    const seen = observed([container(backend), orphan], ['backend:1']);
    const kept = planUp(model([backend]), seen, up());
    expect(kept.steps).toEqual([]);
    expect(kept.warnings[0]).toContain('p-worker-1');
    const removed = planUp(model([backend]), seen, up({ removeOrphans: true }));
    expect(ids(removed.steps)).toEqual(['stop:p-worker-1', 'remove:p-worker-1']);
  });

  test('a volume that differs from the files is named, never touched', () => {
    const seen = observed([], ['backend:1'], {
      volumes: [{ name: 'p_data', driver: 'local', labels: { [label.configHash]: 'other' } }],
    });
    const stored = service('backend', { volumes: [{ type: 'volume', source: 'data', target: '/data' }] });
    const plan = planUp(model([stored], new Map([['data', { name: 'p_data' }]])), seen, up());
    expect(plan.warnings[0]).toContain('p_data');
    expect(ids(plan.steps).some((id) => id.includes('volume'))).toBe(false);
  });

  test('dependents that ask for it stop before their dependency is replaced and start after it', () => {
    const old = container(backend, 1, { labels: { ...container(backend).labels, [label.configHash]: 'old' } });
    const follower = service('frontend', {
      depends_on: { backend: { condition: 'service_healthy', required: true, restart: true } },
    });
    const seen = observed([old, container(follower)], ['backend:1', 'frontend:1']);
    const { steps } = planUp(model([backend, follower]), seen, up());
    expect(comesAfter(steps, 'stop:p-backend-1', 'stop:p-frontend-1')).toBe(true);
    expect(comesAfter(steps, 'start:p-frontend-1', 'wait:backend')).toBe(true);
  });

  test('only the named services and what they depend on are touched', () => {
    const other = service('other');
    const { steps } = planUp(
      model([backend, frontend, other]),
      observed([], ['backend:1', 'frontend:1', 'other:1']),
      up({ services: ['frontend'] }),
    );
    expect(new Set(steps.flatMap((step) => step.service ?? []))).toEqual(new Set(['backend', 'frontend']));
  });

  test('a build key that would be ignored is refused by name', () => {
    const further = service('backend', { build: { context: '/srv/p', additional_contexts: { a: '/b' } } });
    expect(() => planUp(model([further]), observed([], []), up({ build: true }))).toThrow('build.additional_contexts');
  });
});

function halfMade(of: typeof backend, oldId: string) {
  return container(of, 1, {
    id: 'b'.repeat(64),
    name: `${oldId.slice(0, 12)}_p-${of.name}-1`,
    state: 'created',
    running: false,
    labels: { ...container(of).labels, [label.replace]: `${of.name}-1` },
  });
}
