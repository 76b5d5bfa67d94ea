import { expect, test } from 'vitest';
import type { Plan, StepKind } from '#contract/index.ts';
import { speak } from '#words/index.ts';
import { planLines, planSentence } from './plan-words.ts';

await speak('en');

type Row = readonly [kind: StepKind, resource: string, cause: string, service?: string];

function planOf(...rows: Row[]): Plan {
  const steps = rows.map(([kind, resource, cause, service], index) => ({
    id: String(index),
    kind,
    resource,
    cause,
    after: [],
    ...(service === undefined ? {} : { service }),
  }));
  return {
    environment: 'e',
    project: 'p',
    verb: 'up',
    steps,
    warnings: [],
    keeps: [],
    command: 'docker compose up -d',
  };
}

const recreate = (service: string, cause: string): Row[] => [
  ['container.create', `p-${service}-1`, cause, service],
  ['container.stop', `p-${service}-1`, cause, service],
  ['container.remove', `p-${service}-1`, cause, service],
  ['container.rename', `p-${service}-1`, cause, service],
  ['container.start', `p-${service}-1`, cause, service],
];

test('steps of one service are one deed, and services with the same deed one line', () => {
  const plan = planOf(...recreate('backend', 'VERSION changed'), ...recreate('frontend', 'VERSION changed'), [
    'service.wait',
    'backend',
    'frontend depends on it',
    'backend',
  ]);
  expect(planLines(plan)).toEqual([
    { what: '2 services recreated', resources: ['backend', 'frontend'], causes: ['VERSION changed'] },
  ]);
  expect(planSentence(plan)).toBe('2 services recreated because VERSION changed.');
});

test('each deed and each kind of resource has its words', () => {
  const plan = planOf(
    ['network.create', 'p_default', 'it does not exist yet'],
    ['container.create', 'p-a-1', 'it is new', 'a'],
    ['container.start', 'p-a-1', 'it is new', 'a'],
    ['container.restart', 'p-b-1', 'asked', 'b'],
    ['container.stop', 'p-c-1', 'asked', 'c'],
    ['container.stop', 'p-d-1', 'gone', 'd'],
    ['container.remove', 'p-d-1', 'gone', 'd'],
    ['container.start', 'p-e-1', 'asked', 'e'],
    ['volume.remove', 'p_data', 'asked by name'],
  );
  expect(planLines(plan).map(({ what, resources }) => `${what}: ${resources.join()}`)).toEqual([
    '1 service created: a',
    '1 service restarted: b',
    '1 service started: e',
    '1 service stopped: c',
    'Containers of 1 service removed: d',
    '1 network created: p_default',
    '1 data volume deleted with its data: p_data',
  ]);
});

test('only what a change of the files causes has its cause told', () => {
  const plan: Plan = { ...planOf(['container.restart', 'p-a-1', 'a restart was asked for', 'a']), verb: 'restart' };
  expect(planSentence(plan)).toBe('1 service restarted.');
});

test('an empty plan says that nothing has to be done', () => {
  expect(planSentence(planOf())).toMatch(/^Nothing has to be done/);
});
