import { expect, test } from 'vitest';
import type { PreflightReport } from '#contract/index.ts';
import type { Core } from './core.ts';
import { createPreflightStore, reportKey } from './preflight.ts';

const report = (title: string): PreflightReport => ({
  environment: 'default',
  ok: true,
  findings: [{ check: 'x', severity: 'note', title }],
});

/** A store whose answers come when the test says so. */
function heldStore() {
  const waiting: { answer: (report: PreflightReport) => void; fail: (error: Error) => void }[] = [];
  const run = () =>
    new Promise<PreflightReport>((answer, fail) => {
      waiting.push({ answer, fail });
    });
  const core = { client: { preflight: { run } }, refusal: () => undefined } as unknown as Core;
  const store = createPreflightStore(core);
  return { waiting, store: store.getState(), entry: () => store.getState().byEnvironment['default'] };
}

test('the newest question wins, whichever answer comes first', async () => {
  const { waiting, store, entry } = heldStore();
  const first = store.check('default', false);
  const second = store.check('default', true);
  expect(entry()?.checking).toBe(true);
  waiting[1]?.answer(report('new'));
  await second;
  waiting[0]?.answer(report('old'));
  await first;
  expect(entry()).toEqual({ report: report('new'), asked: true });
});

test('what was put away does not come back by an answer that was still under way', async () => {
  const { waiting, store, entry } = heldStore();
  const asked = store.check('default', false);
  store.dismiss('default');
  waiting[0]?.answer(report('late'));
  await asked;
  expect(entry()).toEqual({});
});

test('what was put away is remembered for as long as it is the same', async () => {
  const { waiting, store, entry } = heldStore();
  const first = store.check('default', false);
  waiting[0]?.answer(report('note'));
  await first;
  store.dismiss('default');
  expect(entry()).toEqual({ dismissed: reportKey(report('note')) });
  const again = store.check('default', false);
  waiting[1]?.answer(report('other'));
  await again;
  expect(entry()).toEqual({ report: report('other'), asked: false, dismissed: reportKey(report('note')) });
  expect(reportKey(report('other'))).not.toBe(entry()?.dismissed);
});

test('a question that fails says why', async () => {
  const { waiting, store, entry } = heldStore();
  const asked = store.check('default', true);
  waiting[0]?.fail(new Error('gone'));
  await asked;
  expect(entry()?.problem).toBeDefined();
  expect(entry()?.checking).toBeUndefined();
});
