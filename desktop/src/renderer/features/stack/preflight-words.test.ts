import { expect, test } from 'vitest';
import type { Finding } from '#contract/index.ts';
import { speak } from '#words/index.ts';
import { findingGroups, isWorthTelling, preflightTitle, withoutSaid } from './preflight-words.ts';

await speak('en');

const finding = (severity: Finding['severity'], title: string = severity): Finding => ({ check: 'x', severity, title });
const report = (...findings: Finding[]) => ({ environment: 'e', ok: true, findings });

test('findings come by severity, worst first, in their own order', () => {
  const groups = findingGroups([finding('ok'), finding('warning', 'a'), finding('blocker'), finding('warning', 'b')]);
  expect(groups.map(({ severity, findings }) => [severity, ...findings.map(({ title }) => title)])).toEqual([
    ['blocker', 'blocker'],
    ['warning', 'a', 'b'],
    ['ok', 'ok'],
  ]);
});

test('what mends two findings is offered once, at the worse one', () => {
  const repairs = [{ kind: 'env-form' as const, file: '.env', example: '.env.example' }];
  const groups = findingGroups([
    { ...finding('warning'), repairs },
    { ...finding('blocker'), repairs },
  ]);
  expect(groups.map(({ findings }) => findings[0]?.repairs?.length)).toEqual([1, 0]);
});

test('what the page says elsewhere is left out, unless the report mends it', () => {
  const command = { kind: 'command' as const, label: 'Start Docker', command: 'docker desktop start' };
  const whole = report(finding('blocker', 'a'), { ...finding('blocker', 'b'), repairs: [command] }, finding('ok'));
  expect(withoutSaid(whole, ['a', 'b', undefined]).findings.map(({ title }) => title)).toEqual(['b', 'ok']);
  expect(withoutSaid(whole, [undefined]).findings).toHaveLength(3);
});

test('the heading counts the worst; notes alone are told to nobody who did not ask', () => {
  expect(preflightTitle(report(finding('blocker'), finding('warning')), true)).toBe('Not started: 1 thing in the way');
  expect(preflightTitle(report(finding('blocker'), finding('blocker')), false)).toBe(
    'Before a start: 2 things in the way',
  );
  expect(preflightTitle(report(finding('warning'), finding('note')), false)).toBe(
    'Before a start: 1 warning, nothing in the way',
  );
  expect(preflightTitle(report(finding('ok')), false)).toBe('Nothing is in the way of a start');
  expect(isWorthTelling(report(finding('note'), finding('ok')))).toBe(false);
  expect(isWorthTelling(report(finding('warning')))).toBe(true);
});
