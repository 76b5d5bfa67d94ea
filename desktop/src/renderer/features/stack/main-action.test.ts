import { expect, test } from 'vitest';
import type { ServiceState } from '#contract/index.ts';
import { service, stack, stopped } from '#testing/panel-dev/data.ts';
import { speak } from '#words/index.ts';
import { headline } from './conditions.ts';
import { stackActions } from './main-action.ts';

await speak('en');

const names = (services: ServiceState[]) => stackActions(stack({ services })).map(({ name }) => name);

test('what can be done follows from how the stack stands; the main action is the last', () => {
  expect(stackActions(stopped('missing')).map(({ name }) => name)).toEqual(['Build', 'Start']);
  expect(stackActions(stopped('stopped')).map(({ name }) => name)).toEqual(['Build', 'Start']);
  expect(names([service('a', 1), service('b', 2)])).toEqual(['Build', 'Stop', 'Restart']);
  expect(names([service('a', 1, { changed: true }), service('b', 2)])).toEqual([
    'Build',
    'Stop',
    'Restart',
    'Apply changes',
  ]);
  expect(names([service('a', 1), service('b', 2, { condition: 'stopped' })])).toEqual([
    'Build',
    'Stop',
    'Restart',
    'Start',
  ]);
  expect(names([service('a', 1), service('job', 2, { condition: 'done' })])).toEqual(['Build', 'Stop', 'Restart']);
  expect(names([service('a', 1), service('off', 2, { condition: 'missing', wanted: 0 })])).toEqual([
    'Build',
    'Stop',
    'Restart',
  ]);
});

test('the heading names the version that all running services share', () => {
  expect(headline('Production', undefined)).toBe('Production');
  expect(headline('Production', stack())).toBe('Production runs 1.4.2');
  expect(headline('Production', stack({ services: [service('a', 1), service('b', 2, { version: '2' })] }))).toBe(
    'Production is running',
  );
  expect(headline('Production', stopped('stopped'))).toBe('Production is not running');
});
