import { expect, test } from 'vitest';
import type { OperationEvent, Plan } from '#contract/index.ts';
import { type OperationView, reduceFrame, tailLength } from './operation-view.ts';

const at = '2026-01-01T00:00:00Z';
const plan: Plan = {
  environment: 'development',
  project: 'shop-dev',
  verb: 'up',
  steps: [
    { id: 'b', kind: 'image.build', resource: 'shop-backend', service: 'backend', cause: 'it is missing', after: [] },
    {
      id: 'w',
      kind: 'service.wait',
      resource: 'backend',
      service: 'backend',
      cause: 'frontend depends on it',
      after: ['b'],
    },
  ],
  warnings: [],
  keeps: [],
  command: 'docker compose up -d',
};
const begin: OperationEvent = {
  type: 'begin',
  at,
  id: 'o1',
  environment: 'development',
  action: { verb: 'up', services: [] },
  plan,
};

function fold(...events: OperationEvent[]): OperationView {
  const view = reduceFrame(undefined, { events: [begin, ...events], dropped: 0 });
  if (view === undefined) throw new Error('no view');
  return view;
}

test('a step runs, keeps its begin, and ends with seconds and problem', () => {
  const problem = { code: 'BUILD_FAILED' as const, message: 'no' };
  const running = fold({ type: 'step', at, step: 'b', state: 'running' });
  expect(running.steps.map(({ progress }) => progress)).toEqual(['running', 'pending']);
  const failed = reduceFrame(running, {
    events: [{ type: 'step', at: 'later', step: 'b', state: 'failed', seconds: 2, problem }],
    dropped: 3,
  });
  expect(failed?.steps[0]).toEqual({ step: plan.steps[0], progress: 'failed', startedAt: at, seconds: 2, problem });
  expect(failed?.dropped).toBe(3);
});

test('a service waits until its step is settled', () => {
  const waiting = fold({ type: 'waiting', at, service: 'backend', reason: 'probe 1 of 5' });
  expect(waiting.waiting).toEqual({ backend: 'probe 1 of 5' });
  expect(
    reduceFrame(waiting, { events: [{ type: 'step', at, step: 'w', state: 'done' }], dropped: 0 })?.waiting,
  ).toEqual({});
});

test('build steps are told one by one and put together by id', () => {
  const { builds } = fold(
    { type: 'build', at, service: 'backend', steps: [{ id: '1', name: 'FROM node', cached: true }] },
    { type: 'build', at, service: 'backend', steps: [{ id: '2', name: 'RUN npm ci', cached: false, startedAt: at }] },
    {
      type: 'build',
      at,
      service: 'backend',
      steps: [{ id: '2', name: 'RUN npm ci', cached: false, seconds: 3, completedAt: at }],
    },
  );
  expect(builds['backend']?.steps).toEqual([
    { id: '1', name: 'FROM node', cached: true },
    { id: '2', name: 'RUN npm ci', cached: false, startedAt: at, seconds: 3, completedAt: at },
  ]);
});

test('a long build output keeps its end and counts what it left out', () => {
  const line = (index: number): OperationEvent => ({
    type: 'build-log',
    at,
    service: 'backend',
    step: '1',
    text: `line ${index}\n`,
  });
  const tail = fold(...Array.from({ length: tailLength + 5 }, (_, index) => line(index))).builds['backend']?.logs['1'];
  expect(tail?.hidden).toBe(5);
  expect(tail?.lines).toHaveLength(tailLength);
  expect([tail?.lines[0], tail?.lines.at(-1)]).toEqual(['line 5', `line ${tailLength + 4}`]);
});

test('events before the begin are passed over, and a second begin starts anew', () => {
  expect(reduceFrame(undefined, { events: [{ type: 'note', at, text: 'x' }], dropped: 0 })).toBeUndefined();
  expect(fold({ type: 'note', at, text: 'x' }, begin).notes).toEqual([]);
});

test('the parts of a release are kept with their begin, in order', () => {
  const { stages } = fold(
    { type: 'stage', at, stage: 'prepare', text: 'Getting the images' },
    { type: 'stage', at: 'later', stage: 'swap', text: 'Swapping' },
  );
  expect(stages.map(({ stage, at }) => [stage, at])).toEqual([
    ['prepare', at],
    ['swap', 'later'],
  ]);
});
