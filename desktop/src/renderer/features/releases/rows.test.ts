import { expect, test } from 'vitest';
import { history, release } from '#testing/panel-dev/release-data.ts';
import { readyCounts, releaseRows } from './rows.ts';

const uses = (...releases: Parameters<typeof releaseRows>[0]) => releaseRows(releases).map(({ use }) => use);

test('each release can be gone back to in one place, and what runs now in none', () => {
  expect(releaseRows(history()).map(({ release: { version }, use }) => [version, use])).toEqual([
    ['1.4.2', 'current'],
    ['1.4.3', 'none'],
    ['1.4.2', 'same'],
    ['1.4.1', 'rollback'],
    ['1.4.0', 'rollback'],
    ['1.3.0', 'rollback'],
  ]);
});

test('a rollback that is past stands for its target, which is listed once', () => {
  const first = release('1.0.0', 400);
  const second = release('1.1.0', 300);
  const back = release('1.0.0', 200, { cause: 'rollback', target: first.id });
  const third = release('1.2.0', 100, { current: true });
  expect(uses(third, back, second, first)).toEqual(['current', 'rollback', 'rollback', 'again']);
});

test('the same version deployed twice is two releases', () => {
  expect(uses(release('a', 10, { current: true }), release('b', 20), release('b', 30))).toEqual([
    'current',
    'rollback',
    'rollback',
  ]);
});

test('a rollback whose target is no longer recorded stands for itself', () => {
  expect(uses(release('a', 10, { current: true, cause: 'rollback', target: 'gone' }), release('b', 20))).toEqual([
    'current',
    'rollback',
  ]);
});

test('what can be gone back to is counted by its light', () => {
  expect(readyCounts(releaseRows(history()))).toEqual({ ready: 2, offline: 1 });
});
