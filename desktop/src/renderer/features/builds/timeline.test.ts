import { expect, test } from 'vitest';
import type { BuildRecord, BuildStep } from '#contract/index.ts';
import { changesOf, goneSteps } from './compare.ts';
import { barsOf } from './timeline.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

function step(id: string, from: number | undefined, to: number | undefined, more: Partial<BuildStep> = {}): BuildStep {
  return {
    id,
    name: `RUN ${id}`,
    cached: false,
    ...(from === undefined ? {} : { startedAt: at(from) }),
    ...(to === undefined ? {} : { completedAt: at(to) }),
    ...(from === undefined || to === undefined ? {} : { seconds: to - from }),
    ...more,
  };
}

const build = (...steps: BuildStep[]): BuildRecord => ({
  id: 'op.api',
  service: 'api',
  image: 'api',
  startedAt: at(0),
  seconds: 10,
  outcome: 'done',
  stepCount: steps.length,
  cachedCount: 0,
  steps,
  logs: [],
});

test('bars share the time of the build; what was cached or has not begun has none', () => {
  const bars = barsOf(
    [step('a', 10, 12), step('b', 12, undefined), step('c', 3, 3, { cached: true }), step('d', undefined, undefined)],
    20_000,
  );
  expect([...bars.keys()]).toEqual(['a', 'b']);
  expect(bars.get('a')).toEqual({ from: 0, width: 0.2 });
  expect(bars.get('b')?.from).toBeCloseTo(0.2);
  expect(bars.get('b')?.width).toBeCloseTo(0.8);
});

test('a short one can be seen, at the end too', () => {
  const bars = barsOf([step('a', 0, 1000), step('b', 1000, 1000)], 0);
  const last = bars.get('b');
  expect(last?.width).toBeGreaterThan(0);
  expect((last?.from ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(1);
  expect(barsOf([], 0).size).toBe(0);
});

test('a build is compared with the one before by what its steps do', () => {
  const before = build(
    step('1', 0, 5, { name: 'RUN npm ci', stage: 'builder 2/4' }),
    step('2', 0, 1, { name: 'COPY src', cached: true }),
    step('3', 0, 10, { name: 'RUN build' }),
    step('4', 0, 4, { name: 'RUN test' }),
    step('5', 0, 1, { name: 'RUN old' }),
    step('6', 0, 1.5, { name: 'RUN small' }),
  );
  const now = build(
    // Another number in its stage is no other step.
    step('a', 0, 0, { name: 'RUN npm ci', stage: 'builder 3/5', cached: true }),
    step('b', 0, 1, { name: 'COPY src' }),
    step('c', 0, 30, { name: 'RUN build' }),
    step('d', 0, 1, { name: 'RUN test' }),
    step('e', 0, 1, { name: 'RUN new' }),
    step('f', 0, 0.2, { name: 'RUN small' }),
  );
  expect(Object.fromEntries(changesOf(now, before))).toEqual({
    a: 'cached-now',
    b: 'no-longer-cached',
    c: 'slower',
    d: 'faster',
    e: 'new',
  });
  expect(goneSteps(now, before)).toEqual(['RUN old']);
  expect(goneSteps({ ...now, outcome: 'failed' }, before)).toEqual([]);
  expect(changesOf(now, undefined).size).toBe(0);
});
