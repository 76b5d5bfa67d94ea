import { expect, test } from 'vitest';
import { searchOf, viewOf } from './log-view.ts';

test('the address holds what is not as the reader likes it', () => {
  const wrapped = viewOf({}, { wrapLogs: true });
  expect(wrapped.wrap).toBe(true);
  expect(searchOf(wrapped, { wrapLogs: true }, 'development')).toEqual({ env: 'development' });
  expect(searchOf({ ...wrapped, wrap: false }, { wrapLogs: true }, undefined)).toEqual({ wrap: false });
  expect(searchOf({ ...wrapped, wrap: true }, { wrapLogs: false }, undefined)).toEqual({ wrap: true });
  expect(viewOf({ wrap: false }, { wrapLogs: true }).wrap).toBe(false);
});

test('a view and its address are the same', () => {
  const search = {
    env: 'e',
    services: ['a'],
    levels: ['error' as const],
    q: 'x',
    where: ['a=1'],
    cols: ['ms'],
    all: true as const,
  };
  expect(searchOf(viewOf(search, { wrapLogs: false }), { wrapLogs: false }, 'e')).toEqual(search);
});
