import { describe, expect, test } from 'vitest';
import { type Action, action } from '#contract/index.ts';
import type { ServiceModel } from '#engine/compose/index.ts';
import { image, model, observed, service } from '#testing/stack-fixture.ts';
import { planUp } from './up.ts';

const now = Date.UTC(2026, 5, 15);
const hour = 3_600_000;

/** Causes of the pulls for these services where the images were last tagged so many hours ago; absent = not here. */
function pulls(services: readonly ServiceModel[], ages: Readonly<Record<string, number>>, more: Partial<Action> = {}) {
  const images = new Map(
    Object.entries(ages).map(([name, hours]) => {
      const lastTagged = new Date(now - hours * hour).toISOString();
      return [name, { ...image(name), lastTagged }];
    }),
  );
  const seen = observed([], [], { images, readAt: now });
  const { steps } = planUp(model(services), seen, action.parse({ verb: 'up', wait: false, ...more }));
  return steps.flatMap(({ kind, cause }) => (kind === 'image.pull' ? [cause] : []));
}

const missing = 'the image is not on this engine';
const newest = 'asked for the newest image';

describe('a pull policy', () => {
  test.each<[string, number, string[]]>([
    ['missing', 9999, []],
    ['if_not_present', 9999, []],
    ['never', 9999, []],
    ['always', 0, [newest]],
    ['daily', 23, []],
    ['daily', 25, ['the image is older than daily allows']],
    ['weekly', 7 * 24 - 1, []],
    ['weekly', 7 * 24 + 1, ['the image is older than weekly allows']],
    ['every_12h', 11, []],
    ['every_12h', 13, ['the image is older than every_12h allows']],
    ['every_1d12h', 35, []],
    ['every_1d12h', 37, ['the image is older than every_1d12h allows']],
  ])('%s with an image of %i hours', (pull_policy, hours, expected) => {
    expect(pulls([service('a', { pull_policy })], { 'a:1': hours })).toEqual(expected);
  });

  test.each([
    ['missing', [missing]],
    ['always', [missing]],
    ['daily', [missing]],
    ['every_12h', [missing]],
    ['never', []],
  ])('%s without an image', (pull_policy, expected) => {
    expect(pulls([service('a', { pull_policy })], {})).toEqual(expected);
  });

  test('of the call goes over the one of the files', () => {
    expect(pulls([service('a', { pull_policy: 'never' })], { 'a:1': 1 }, { pull: 'always' })).toEqual([newest]);
    expect(pulls([service('a', { pull_policy: 'always' })], { 'a:1': 1 }, { pull: 'never' })).toEqual([]);
  });

  test('with a period takes an image of unknown age for too old', () => {
    const seen = observed([], ['a:1'], { readAt: now });
    const { steps } = planUp(model([service('a', { pull_policy: 'daily' })]), seen, action.parse({ verb: 'up' }));
    expect(steps.map(({ id }) => id)).toContain('pull:a:1');
  });

  test('that nobody knows is refused with those that there are', () => {
    const odd = [service('a', { pull_policy: 'every_now' })];
    expect(() => pulls(odd, { 'a:1': 1 })).toThrow('"every_now" is not known');
  });
});

test('an image that two services share is pulled once, and is no failure where one of them can build it', () => {
  const shared = { image: 'both:1' };
  const builds = service('a', { ...shared, build: { context: '/srv/p' } });
  const { steps } = planUp(model([builds, service('b', shared)]), observed([], []), action.parse({ verb: 'up' }));
  const brought = steps.filter(({ kind }) => kind.startsWith('image.'));
  expect(brought.map(({ id }) => id)).toEqual(['pull:both:1', 'build:a']);
  expect(brought[0]?.task).toMatchObject({ tolerant: true });
  const creates = steps.filter(({ kind }) => kind === 'container.create');
  expect(creates.map(({ after }) => after)).toEqual([
    expect.arrayContaining(['pull:both:1', 'build:a']),
    expect.arrayContaining(['pull:both:1', 'build:a']),
  ]);
});
