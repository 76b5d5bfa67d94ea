import { expect, test } from 'vitest';
import { action, type Plan } from '#contract/index.ts';
import type { OperationView, StepView } from '#state/index.ts';
import { operationBuilds } from './operation-builds.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();
const plan: Plan = {
  environment: 'dev',
  project: 'shop',
  verb: 'up',
  steps: [],
  warnings: [],
  keeps: [],
  command: '',
};

const step = (service: string, more: Partial<StepView>): StepView => ({
  step: { id: service, kind: 'image.build', resource: `shop-${service}`, service, cause: '', after: [] },
  progress: 'running',
  ...more,
});

const view = (steps: StepView[], end?: OperationView['end']): OperationView => ({
  id: 'op',
  environment: 'dev',
  action: action.parse({ verb: 'up' }),
  plan,
  startedAt: at(0),
  steps,
  builds: { api: { service: 'api', steps: [{ id: 'a', name: 'RUN a', cached: true }], logs: {} } },
  pulls: {},
  waiting: {},
  notes: [],
  stages: [],
  dropped: 0,
  ...(end === undefined ? {} : { end }),
});

test('a build that has ended stays while the operation goes on', () => {
  const builds = operationBuilds(
    view([
      step('api', { progress: 'done', startedAt: at(1), seconds: 4 }),
      step('page', { startedAt: at(2) }),
      step('later', { progress: 'pending' }),
      step('there', { progress: 'skipped', startedAt: at(1) }),
    ]),
    12_000,
  );
  expect(builds.map(({ record, running }) => [record.id, running, record.outcome, record.seconds])).toEqual([
    ['op.api', false, 'done', 4],
    ['op.page', true, 'done', 10],
  ]);
  expect(builds[0]?.record).toMatchObject({ stepCount: 1, cachedCount: 1, image: 'shop-api' });
  expect(operationBuilds(undefined, 0)).toEqual([]);
});

test('a failure keeps its reason, and what was cancelled did not fail', () => {
  const failed = { code: 'BUILD_FAILED', message: 'exit code 7' } as const;
  const cancelled = { code: 'OPERATION_CANCELLED', message: 'Cancelled.' } as const;
  const end = { type: 'end', at: at(9), outcome: 'cancelled', seconds: 9, summary: '' } as const;
  const builds = operationBuilds(
    view(
      [
        step('api', { progress: 'failed', startedAt: at(1), problem: failed }),
        step('page', { progress: 'failed', startedAt: at(1), problem: cancelled }),
        step('cut-off', { startedAt: at(1) }),
      ],
      end,
    ),
    12_000,
  );
  expect(builds.map(({ record, running }) => [record.outcome, record.problem?.code, running])).toEqual([
    ['failed', 'BUILD_FAILED', false],
    ['cancelled', undefined, false],
    ['cancelled', undefined, false],
  ]);
});
