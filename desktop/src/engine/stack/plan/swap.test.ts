import { describe, expect, test } from 'vitest';
import { container, image, model, observed, service } from '#testing/stack-fixture.ts';
import { label } from '../labels.ts';
import { planReturn, planSettle } from './settle.ts';
import type { Step } from './step.ts';
import { planSwap, runsTwice, type TargetImage } from './swap.ts';

const healthcheck = { test: ['CMD', 'true'] };
const api = service('api', { healthcheck, ports: [{ target: 80, published: '8000' }] });
const page = service('page', {
  healthcheck,
  ports: [{ target: 80, published: '8001' }],
  depends_on: { api: { condition: 'service_healthy', required: true } },
});
const stack = model([api, page]);

const target = (name: string): TargetImage => ({ source: `sha256:${name}`, image: image(name), names: [name] });
const targets = new Map([
  ['api', target('api:2')],
  ['page', target('page:2')],
]);

/** Whether `a` is done before `b` can begin. */
function isBefore(steps: readonly Step[], a: string, b: string): boolean {
  const after = steps.find(({ id }) => id === b)?.after ?? [];
  return after.some((id) => id === a || isBefore(steps, a, id));
}

describe('a swap', () => {
  const now = observed([container(api), container(page)], ['api:1', 'page:1']);
  const { steps } = planSwap(stack, now, targets);

  test('makes everything before anything stops', () => {
    for (const create of ['create:p-api-1', 'create:p-page-1']) {
      for (const stop of ['stop:p-api-1', 'stop:p-page-1'])
        expect(isBefore(steps, create, stop), `${create} ${stop}`).toBe(true);
    }
    expect(isBefore(steps, 'tag:api', 'create:p-api-1')).toBe(true);
  });

  test('stops what depends on a service only when the new one is healthy', () => {
    expect(isBefore(steps, 'wait:api', 'stop:p-page-1')).toBe(true);
    expect(isBefore(steps, 'stop:p-api-1', 'start:p-api-1')).toBe(true);
    expect(steps.some(({ id }) => id === 'wait:page')).toBe(true);
  });

  test('removes nothing', () => {
    expect(steps.filter(({ task }) => task.do === 'remove')).toEqual([]);
  });

  test('leaves alone what has the wanted image already', () => {
    const same = new Map([
      ['api', target('api:1')],
      ['page', target('page:2')],
    ]);
    const ids = planSwap(stack, now, same).steps.map(({ id }) => id);
    expect(ids.filter((id) => id.includes('p-api-1'))).toEqual([]);
    expect(ids).toContain('stop:p-page-1');
  });

  test('pulls by digest what is not here', () => {
    const missing = new Map([...targets, ['api', { source: 'r/api@sha256:abc', names: ['api:1'] }] as const]);
    const plan = planSwap(stack, now, missing).steps;
    expect(plan.find(({ id }) => id === 'pull:r/api@sha256:abc')?.task).toMatchObject({ do: 'pull', tolerant: false });
    expect(isBefore(plan, 'pull:r/api@sha256:abc', 'create:p-api-1')).toBe(true);
  });

  test('starts first what can run twice', () => {
    const twice = service('api', { healthcheck });
    const plan = planSwap(
      model([twice]),
      observed([container(twice)], ['api:1']),
      new Map([['api', target('api:2')]]),
    ).steps;
    expect(isBefore(plan, 'start:p-api-1', 'stop:p-api-1')).toBe(true);
    expect(isBefore(plan, 'wait:p-api-1', 'stop:p-api-1')).toBe(true);
  });

  test('stops, and keeps, what the release does not have', () => {
    const old = container(service('gone'));
    const plan = planSwap(stack, observed([container(api), container(page), old], ['api:1', 'page:1']), targets).steps;
    expect(plan.some(({ id }) => id === 'stop:p-gone-1')).toBe(true);
    expect(plan.some(({ task }) => task.do === 'remove')).toBe(false);
  });
});

describe('after a swap', () => {
  const mark = { [label.release]: 'r1' };
  const old = container(api, 1, { running: false, state: 'exited' });
  const fresh = container(api, 1, { id: 'f'.repeat(64), name: `${old.id.slice(0, 12)}_p-api-1` });
  const new1 = { ...fresh, labels: { ...fresh.labels, ...mark, [label.replace]: 'api-1' } };
  const both = observed([old, new1], ['api:1']);

  test('settling removes the old one and gives the new one its name', () => {
    const { steps } = planSettle(model([api]), both, 'r1');
    expect(steps.map(({ id }) => id)).toEqual(['remove:p-api-1', 'rename:p-api-1']);
    expect(steps[0]?.task).toMatchObject({ container: old.id });
    expect(steps[1]?.task).toMatchObject({ container: new1.id, name: 'p-api-1' });
  });

  test('settling again does nothing', () => {
    const done = { ...new1, name: 'p-api-1' };
    expect(planSettle(model([api]), observed([done], ['api:1']), 'r1').steps).toEqual([]);
  });

  test('returning stops the new one, starts the old one, and removes the new one', () => {
    const { steps } = planReturn(both, 'r1', new Set([old.id]));
    expect(isBefore(steps, `stop:${new1.name}`, 'start:p-api-1')).toBe(true);
    expect(isBefore(steps, `remove:${new1.name}`, 'start:p-api-1')).toBe(true);
    expect(isBefore(steps, 'start:p-api-1', 'well:api')).toBe(true);
    expect(steps.some(({ task }) => task.do === 'remove' && task.container === old.id)).toBe(false);
    expect(steps.some(({ task }) => task.do === 'remove' && task.container === new1.id)).toBe(true);
  });

  test('returning where nothing ran before only removes', () => {
    const { steps } = planReturn(observed([new1], ['api:1']), 'r1', new Set());
    expect(steps.map(({ task }) => task.do)).toEqual(['stop', 'remove']);
  });
});

test.each([
  ['nothing special', {}, true],
  ['a fixed port', { ports: [{ target: 80, published: '80' }] }, false],
  ['a port that the engine chooses', { ports: [{ target: 80 }] }, true],
  ['a name of its own', { container_name: 'x' }, false],
  ['data that it writes', { volumes: [{ type: 'volume', source: 'v', target: '/v' }] }, false],
  ['data that it reads', { volumes: [{ type: 'volume', source: 'v', target: '/v', read_only: true }] }, true],
  ['the network of the host', { network_mode: 'host' }, false],
  ['a fixed address', { networks: { default: { ipv4_address: '10.0.0.2' } } }, false],
])('with %s, two at once: %s', (_name, more, expected) => {
  expect(runsTwice(service('s', more))).toBe(expected);
});
