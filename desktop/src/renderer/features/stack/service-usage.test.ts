import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { StackUsage } from '#contract/index.ts';
import { usageHistories } from '#state/usage-history.ts';
import { speak } from '#words/index.ts';
import { ServiceUsage } from './service-usage.tsx';

await speak('en');

const unreadWords = 'not read yet';
const other: StackUsage = { environment: 'dev', at: '2026-11-26T14:05:00Z', everySeconds: 5, services: [] };

function drawn(readings: readonly StackUsage[], service: { expected: boolean; unread: boolean }): string {
  const byEnvironment = readings.length === 0 ? {} : { dev: { readings, histories: usageHistories(readings) } };
  const slice = { byEnvironment, watch: () => () => undefined };
  const store = {
    getState: () => slice,
    getInitialState: () => slice,
    setState: () => undefined,
    subscribe: () => () => undefined,
  };
  return renderToString(
    createElement(ServiceUsage, { name: 'web', source: { store, environment: 'dev' }, ...service }),
  );
}

test('a service that has not been read yet is not taken for one that uses nothing', () => {
  const listed = drawn([other], { expected: false, unread: true });
  expect(listed).toContain(unreadWords);
  expect(listed).not.toContain('–');
});

test('figures that are about to come are told so; after the first reading there are none', () => {
  expect(drawn([], { expected: true, unread: false })).toContain(unreadWords);
  const read = drawn([other], { expected: true, unread: false });
  expect(read).toContain('–');
  expect(read).not.toContain(unreadWords);
});

test('what does not run uses nothing', () => {
  const stopped = drawn([], { expected: false, unread: false });
  expect(stopped).toContain('–');
  expect(stopped).not.toContain(unreadWords);
});
