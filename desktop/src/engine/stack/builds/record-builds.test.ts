import { expect, test } from 'vitest';
import type { BuildStep, OperationEvent, PlanStep } from '#contract/index.ts';
import { createBuildRecorder } from './record-builds.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

function planStep(service: string, kind: PlanStep['kind'] = 'image.build'): PlanStep {
  return { id: `${kind}:${service}`, kind, resource: `shop-${service}`, service, cause: '', after: [] };
}

function begin(...steps: PlanStep[]): OperationEvent {
  const plan = {
    environment: 'dev',
    project: 'shop',
    verb: 'build',
    steps,
    warnings: [],
    keeps: [],
    command: '',
  } as const;
  const action = { verb: 'build', services: [] } as const;
  return {
    type: 'begin',
    at: at(0),
    id: 'op',
    environment: 'dev',
    action: { ...action, services: [] },
    plan: { ...plan, steps, warnings: [], keeps: [] },
  };
}

const step = (service: string, state: 'running' | 'done' | 'failed' | 'skipped', second: number): OperationEvent => ({
  type: 'step',
  at: at(second),
  step: `image.build:${service}`,
  state,
  ...(state === 'failed' ? { problem: { code: 'BUILD_FAILED', message: 'exit code 1, token=canary' } } : {}),
});

const vertex = (id: string, more: Partial<BuildStep> = {}): BuildStep => ({
  id,
  name: `RUN ${id}`,
  cached: false,
  ...more,
});
const told = (service: string, ...steps: BuildStep[]): OperationEvent => ({ type: 'build', at: at(2), service, steps });
const printed = (service: string, of: string, text: string): OperationEvent => ({
  type: 'build-log',
  at: at(2),
  service,
  step: of,
  text,
});
const end = (outcome: 'done' | 'failed' | 'cancelled', second: number): OperationEvent => ({
  type: 'end',
  at: at(second),
  outcome,
  seconds: second,
  summary: '',
});

function recorded(events: readonly OperationEvent[]) {
  const recorder = createBuildRecorder();
  return events.flatMap((event) => recorder.take(event));
}

test('each service that is built has a record, with its steps folded together', () => {
  const records = recorded([
    begin(planStep('api'), planStep('page'), planStep('api', 'container.create')),
    step('api', 'running', 1),
    step('page', 'running', 1),
    told('api', vertex('a'), vertex('b', { cached: true })),
    told('api', vertex('a', { seconds: 3, completedAt: at(4) })),
    printed('api', 'a', 'one\ntwo\n'),
    step('api', 'done', 5),
    step('page', 'failed', 6),
    end('failed', 7),
  ]);
  expect(records.map(({ id, outcome, seconds, image }) => [id, outcome, seconds, image])).toEqual([
    ['op.api', 'done', 4, 'shop-api'],
    ['op.page', 'failed', 5, 'shop-page'],
  ]);
  expect(records[0]).toMatchObject({
    stepCount: 2,
    cachedCount: 1,
    logs: [{ step: 'a', lines: ['one', 'two'], hidden: 0 }],
  });
  expect(records[0]?.steps[0]).toMatchObject({ id: 'a', seconds: 3 });
  expect(records[1]?.problem?.code).toBe('BUILD_FAILED');
  expect(records[0]?.problem).toBeUndefined();
});

test('a build is told as soon as it has ended, not with the operation', () => {
  const recorder = createBuildRecorder();
  const told = [begin(planStep('api')), step('api', 'running', 1), step('api', 'done', 2), end('done', 90)];
  expect(told.map((event) => recorder.take(event).length)).toEqual([0, 0, 1, 0]);
});

test('one that is cut off ends with the operation', () => {
  const cutOff = (outcome: 'done' | 'cancelled' | 'failed') =>
    recorded([begin(planStep('api')), step('api', 'running', 1), end(outcome, 3)])[0];
  expect(cutOff('cancelled')).toMatchObject({ outcome: 'cancelled', seconds: 2 });
  expect(cutOff('failed')).toMatchObject({ outcome: 'failed', seconds: 2 });
  // Where so much was printed that the end of the step is not in the journal.
  expect(cutOff('done')).toMatchObject({ outcome: 'done', seconds: 2 });
});

test('one that was cancelled did not fail', () => {
  const cancelled = {
    code: 'OPERATION_CANCELLED',
    message: 'Cancelled before the Docker Engine had finished.',
  } as const;
  const [record] = recorded([
    begin(planStep('api')),
    step('api', 'running', 1),
    { type: 'step', at: at(2), step: 'image.build:api', state: 'failed', problem: cancelled },
    end('cancelled', 3),
  ]);
  expect(record).toMatchObject({ outcome: 'cancelled', seconds: 1 });
  expect(record).not.toHaveProperty('problem');
});

test('where the image was there after all, nothing was built', () => {
  expect(
    recorded([begin(planStep('api')), step('api', 'running', 1), step('api', 'skipped', 2), end('done', 3)]),
  ).toEqual([]);
});

test('what was built stays where the plan is made anew', () => {
  const records = recorded([
    begin(planStep('api'), planStep('page')),
    step('api', 'running', 1),
    step('api', 'done', 2),
    step('page', 'running', 2),
    begin(planStep('page')),
    step('page', 'running', 3),
    step('page', 'done', 4),
    end('done', 5),
  ]);
  expect(records.map(({ service, seconds }) => [service, seconds])).toEqual([
    ['api', 1],
    ['page', 1],
  ]);
});

test('of much output the end is kept', () => {
  const [record] = recorded([
    begin(planStep('api')),
    step('api', 'running', 1),
    told('api', vertex('a')),
    printed('api', 'a', Array.from({ length: 1500 }, (_, index) => `line ${index}`).join('\n')),
    printed('api', 'a', 'x'.repeat(5000)),
    step('api', 'failed', 2),
    end('failed', 2),
  ]);
  expect(record?.logs[0]).toMatchObject({ hidden: 501 });
  expect(record?.logs[0]?.lines).toHaveLength(1000);
  expect(record?.logs[0]?.lines.at(-1)).toBe(`${'x'.repeat(4096)}… (904 more characters were not kept)`);
});
