import { expect, test } from 'vitest';
import { shop } from '#testing/panel-dev/data.ts';
import { readSearch } from './search.ts';
import { chosenEnvironment } from './use-panel.ts';

test('what the address says is taken where it is understood, and left out where not', () => {
  expect(
    readSearch({ env: 'production', services: ['a', 3], levels: ['error', 'loud'], q: 500, request: 'r1', other: 1 }),
  ).toEqual({
    env: 'production',
    services: ['a'],
    levels: ['error'],
    q: '500',
    request: 'r1',
  });
  expect(readSearch({ env: '', services: 'a', levels: {}, q: [] })).toEqual({});
  expect(readSearch({ q: 'x'.repeat(900) }).q).toHaveLength(500);
  const view = { where: ['a=1'], from: '10m', to: '5m', all: true, at: 't', cols: ['ms'], wrap: true, line: 'l' };
  expect(readSearch(view)).toEqual(view);
  expect(readSearch({ form: true, set: 'WEB_PORT', value: 8001 })).toEqual({
    form: true,
    set: 'WEB_PORT',
    value: '8001',
  });
  expect(readSearch({ all: false, wrap: false })).toEqual({ wrap: false });
  const asked = { ask: 'restart', deploy: '1.10', rollback: 'r-1' };
  expect(readSearch(asked)).toEqual(asked);
  expect(readSearch({ where: ['', 'x'.repeat(900)], cols: [1], all: 'yes', wrap: 1 })).toEqual({});
});

test('the environment of the address, else the default, else the first', () => {
  expect(chosenEnvironment(shop, 'production')?.id).toBe('production');
  expect(chosenEnvironment(shop, 'staging')?.id).toBe('development');
  expect(chosenEnvironment({ ...shop, environments: shop.environments.slice(1) }, undefined)?.id).toBe('production');
  expect(chosenEnvironment({ ...shop, defaultEnvironment: 'production' }, undefined)?.id).toBe('production');
  expect(chosenEnvironment(undefined, 'production')).toBeUndefined();
});
