import { expect, test } from 'vitest';
import type { Action, OperationEvent } from '#contract/index.ts';
import { reduceFrame } from '#state/operation-view.ts';
import { history, release } from '#testing/panel-dev/release-data.ts';
import { scriptFor } from '#testing/panel-dev/script.ts';
import { speak } from '#words/index.ts';
import { doingWords, holderOf, outcomeWords, outputsOf } from './outcome-words.ts';
import { commandOf, planFacts } from './plan-words.ts';
import { progressSteps, progressValue } from './progress-steps.ts';

await speak('en');

const deploy: Action = { verb: 'deploy', services: [], version: '1.4.3' };
const [, , , target] = history();
const rollback: Action = { verb: 'rollback', services: [], release: target?.id ?? '' };

function viewOf(scene: string, action: Action, change = (events: OperationEvent[]) => events) {
  const view = reduceFrame(undefined, { events: change(scriptFor(scene, 'o', action, 14)), dropped: 0 });
  if (view === undefined) throw new Error('no view');
  return view;
}
const marks = (...args: Parameters<typeof viewOf>) =>
  progressSteps(viewOf(...args), Date.now()).map(({ name, mark, word }) => [name, mark, word]);

test('stages stand as far as they came, with their steps counted', () => {
  expect(marks('releases-running', rollback)).toEqual([
    ['Get the images', 'done', 'all were here'],
    ['Replace the services', 'running', 'running · 7 of 10'],
    ['Watch that they stay healthy', 'pending', 'next'],
    ['Tidy up', 'pending', 'next'],
  ]);
  expect(marks('releases-pulling', deploy)[0]).toEqual(['Get the images', 'running', 'running · 1 of 2']);
});

test('the way back is shown where it is taken, and what led to it as failed', () => {
  expect(marks('releases-restored', deploy).map(([name, mark]) => [name, mark])).toEqual([
    ['Get the images', 'done'],
    ['Replace the services', 'failed'],
    ['Bring back what ran before', 'done'],
  ]);
  const lost = (events: OperationEvent[]) =>
    events.map((event): OperationEvent => (event.type === 'end' ? { ...event, outcome: 'unrestored' } : event));
  expect(marks('releases-restored', deploy, lost).at(-1)?.[1]).toBe('failed');
});

test('what failed before the swap leaves the rest not reached, and nothing to tidy up', () => {
  expect(marks('releases-locked', deploy)).toEqual([
    ['Get the images', 'none', 'not reached · 0 of 2'],
    ['Replace the services', 'none', 'not reached · 0 of 10'],
    ['Watch that they stay healthy', 'none', 'not reached'],
  ]);
});

test('progress grows with the stages and the bytes, and is open on the way back', () => {
  const pulling = progressValue(viewOf('releases-pulling', deploy)) ?? 0;
  const swapping = progressValue(viewOf('releases-running', deploy)) ?? 0;
  const settling = progressValue(viewOf('releases', deploy)) ?? 0;
  expect(pulling).toBeGreaterThan(0.2);
  expect(pulling).toBeLessThan(0.4);
  expect(swapping).toBeGreaterThan(pulling);
  expect(settling).toBeGreaterThan(swapping);
  expect(progressValue(viewOf('releases-restored', deploy))).toBeUndefined();
});

test('how it ended is said in words, with the version that was asked for by id', () => {
  const done = viewOf('releases', rollback);
  expect(doingWords(done, history())).toBe('Rolling back to 1.4.1');
  expect(done.end && outcomeWords(done, done.end, history())).toEqual({
    tone: 'ok',
    title: 'Rolled back to 1.4.1 in 14 s',
  });
  const restored = viewOf('releases-restored', deploy);
  expect(restored.end && outcomeWords(restored, restored.end, []).title).toBe(
    'The deployment of 1.4.3 failed, and what ran before runs again',
  );
  expect(outputsOf(restored.end?.problem).map(({ title }) => title)).toEqual([
    'Last health probe',
    'Last lines it printed',
  ]);
  expect(holderOf(restored.end?.problem)).toBeUndefined();
  expect(holderOf(viewOf('releases-locked', deploy).end?.problem)).toMatchObject({ actor: 'ci', host: 'runner-7' });
});

test('a plan in facts: downloads first, then what is replaced, started and removed', () => {
  const { plan } = viewOf('releases', deploy);
  expect(planFacts(plan).map(({ what, names }) => [what, names])).toEqual([
    [
      '2 images downloaded first',
      plan.steps
        .filter(({ kind }) => kind === 'image.pull')
        .map(({ resource }) => resource)
        .join(', '),
    ],
    ['2 services replaced', 'backend, frontend'],
  ]);
  expect(planFacts(viewOf('releases', rollback).plan)[0]?.what).toBe('Nothing has to be downloaded');
  const changed = plan.steps.filter(
    ({ kind, service }) =>
      !(kind === 'container.create' && service === 'backend') && !(kind === 'container.stop' && service === 'frontend'),
  );
  expect(
    planFacts({ ...plan, steps: changed })
      .slice(1)
      .map(({ what, names }) => [what, names]),
  ).toEqual([
    ['1 service started', 'frontend'],
    ['1 service stopped and removed', 'backend'],
  ]);
  expect(planFacts({ ...plan, steps: [] }).at(-1)?.what).toBe('No service has to be replaced');
});

test('the command names a release by version where that is enough, else by its id', () => {
  const { plan } = viewOf('releases', rollback);
  expect(commandOf(plan, target, history())).toBe('quayside rollback 1.4.1');
  expect(commandOf(plan, target, [...history(), release('1.4.1', 1)])).toBe(`quayside rollback ${target?.id ?? ''}`);
  expect(commandOf(plan, undefined, [])).toBe(plan.command);
});
