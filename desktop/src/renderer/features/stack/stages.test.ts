import { expect, test } from 'vitest';
import type { StepKind } from '#contract/index.ts';
import type { StepView } from '#state/index.ts';
import { speak } from '#words/index.ts';
import { stagesOf } from './stages.ts';

await speak('en');

const step = (kind: StepKind, progress: StepView['progress'], more: Partial<StepView> = {}): StepView => ({
  step: { id: kind, kind, resource: 'r', cause: 'c', after: [] },
  progress,
  ...more,
});

test('steps are grouped into stages with a count and a state', () => {
  const stages = stagesOf([
    step('image.build', 'done', { startedAt: '2026-01-01T00:00:00Z', seconds: 4 }),
    step('image.build', 'done', { startedAt: '2026-01-01T00:00:02Z', seconds: 5 }),
    step('network.create', 'skipped'),
    step('container.create', 'done', { startedAt: '2026-01-01T00:00:07Z', seconds: 1 }),
    step('container.remove', 'running', { startedAt: '2026-01-01T00:00:08Z' }),
    step('service.wait', 'pending'),
  ]);
  expect(
    stages.map(({ name, settled, steps, progress, seconds }) => [name, settled, steps.length, progress, seconds]),
  ).toEqual([
    ['Build images', 2, 2, 'done', 7],
    ['Prepare networks and volumes', 1, 1, 'skipped', 0],
    ['Start services', 1, 2, 'running', undefined],
    ['Wait until healthy', 0, 1, 'pending', undefined],
  ]);
});

test('a stage between two of its steps runs not, but is begun', () => {
  const [stage] = stagesOf([step('container.create', 'done'), step('container.start', 'pending')]);
  expect([stage?.progress, stage?.settled]).toEqual(['pending', 1]);
});

test('without a start, stopping and removing are stages of their own, and one failure fails its stage', () => {
  const stages = stagesOf([
    step('container.stop', 'done'),
    step('container.stop', 'failed'),
    step('container.remove', 'pending'),
  ]);
  expect(stages.map(({ name, progress }) => [name, progress])).toEqual([
    ['Stop services', 'failed'],
    ['Remove containers', 'pending'],
  ]);
});
