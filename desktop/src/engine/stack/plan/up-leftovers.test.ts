import { describe, expect, test } from 'vitest';
import { type Action, action } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import type { ContainerDetail } from '#engine/docker/index.ts';
import { container, model, observed, service } from '#testing/stack-fixture.ts';
import { label } from '../labels.ts';
import type { Step } from './step.ts';
import { planUp } from './up.ts';

const a = service('a');
const up = (more: Partial<Action> = {}): Action => action.parse({ verb: 'up', wait: false, ...more });
const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);
const stopped = { state: 'exited', running: false };

function outdated(of: ContainerDetail): ContainerDetail {
  return { ...of, labels: { ...of.labels, [label.configHash]: 'old' } };
}

function halfMade(of: ServiceModel, old = 'f'.repeat(12), id = 'b'.repeat(64)): ContainerDetail {
  const made = container(of, 1, { id, state: 'created', running: false });
  return { ...made, name: `${old}_p-${of.name}-1`, labels: { ...made.labels, [label.replace]: `${of.name}-1` } };
}

function stepsOf(services: readonly ServiceModel[], containers: readonly ContainerDetail[], more = {}): string[] {
  const images = services.map(({ name }) => `${name}:1`);
  return ids(planUp(model(services), observed(containers, images, more), up()).steps);
}

describe('a replacement that was cut off', () => {
  test('whose original is gone is replaced in its turn where the files changed: its volumes are those of the original', () => {
    const half = outdated(halfMade(a));
    const { steps } = planUp(model([a]), observed([half], ['a:1']), up());
    expect(ids(steps)).toEqual(['create:p-a-1', `remove:${half.name}`, 'rename:p-a-1', 'start:p-a-1']);
    expect(steps[0]?.task).toMatchObject({ number: 1, replaces: { id: half.id }, name: `${'b'.repeat(12)}_p-a-1` });
  });

  test('is removed where the original is what the files say after all', () => {
    const half = halfMade(a);
    expect(stepsOf([a], [container(a), half])).toEqual([`remove:${half.name}`]);
  });

  test('is finished once, however often it was begun', () => {
    const second = halfMade(a, 'e'.repeat(12), 'c'.repeat(64));
    const steps = stepsOf([a], [second, halfMade(a), outdated(container(a))]);
    expect(steps.filter((id) => id.startsWith('rename:'))).toEqual(['rename:p-a-1']);
    expect(steps.filter((id) => id.startsWith('remove:')).sort()).toEqual([
      'remove:ffffffffffff_p-a-1',
      'remove:p-a-1',
    ]);
  });

  test('that somebody renamed is no second replica', () => {
    const renamed = container(a, 1, { id: 'd'.repeat(64), name: 'renamed', ...stopped });
    expect(stepsOf([a], [container(a), renamed])).toEqual(['remove:renamed']);
  });
});

describe('what somebody else did', () => {
  test('a container whose removal has begun is replaced by a new one of the same name, once it is gone', () => {
    const { steps } = planUp(
      model([a]),
      observed([container(a, 1, { state: 'removing', running: false })], ['a:1']),
      up(),
    );
    expect(ids(steps)).toEqual(['remove:p-a-1', 'create:p-a-1', 'start:p-a-1']);
    expect(steps[1]?.after).toContain('remove:p-a-1');
  });

  test.each([
    ['running', {}],
    ['stopped', stopped],
  ])('a %s container of which the network was removed is made anew in the same plan', (_state, more) => {
    const steps = stepsOf([a], [container(a, 1, { ...more, networks: { p_default: 'gone' } })], { networks: [] });
    expect(steps).toContain('network:default');
    expect(steps).toContain('create:p-a-1');
  });

  test('a new replica does not take the name of one that was renamed', () => {
    const two = service('a', { scale: 2 });
    expect(stepsOf([two], [container(two, 1, { name: 'p-a-2' })])).toEqual(['create:p-a-3', 'start:p-a-3']);
  });
});

describe('services that hang together', () => {
  const guest = service('guest', {
    network_mode: 'service:a',
    networks: {},
    depends_on: { a: { condition: 'service_started', required: true, restart: true } },
  });
  const follower = service('b', { depends_on: { a: { condition: 'service_started', required: true, restart: true } } });

  test('one that runs in the network of a service that starts anew is started anew, too', () => {
    const host = container(a, 1, stopped);
    const inside = container(guest, 1, { networks: {} });
    const hash = planUp(
      model([a, guest]),
      observed([host, inside], ['a:1', 'guest:1']),
      up({ noRecreate: true }),
    ).steps;
    expect(ids(hash)).toEqual(['start:p-a-1', 'stop:p-guest-1', 'start:p-guest-1']);
    expect(hash[2]?.after).toEqual(expect.arrayContaining(['stop:p-guest-1', 'start:p-a-1']));
  });

  test('a follower that is not among the named services is left running', () => {
    const seen = observed([outdated(container(a)), container(follower)], ['a:1', 'b:1']);
    expect(ids(planUp(model([a, follower]), seen, up({ services: ['a'] })).steps)).not.toContain('stop:p-b-1');
  });

  test('a follower whose own image stays is started again where its dependency got another one', () => {
    const built = { build: { context: '/srv/p' } };
    const services = [service('a', built), { ...follower, ...built }];
    const seen = observed(
      services.map((each) => container(each)),
      ['a:1', 'b:1'],
    );
    const { steps } = planUp(model(services), seen, up({ build: true }));
    const unless = (id: string) => steps.find((step) => step.id === id)?.unless?.map((each) => each.service);
    expect(unless('stop:p-b-1')).toEqual(['a', 'b']);
    expect(unless('start:p-b-1')).toEqual(['a', 'b']);
    expect(unless('remove:p-b-1')).toEqual(['b']);
  });
});
