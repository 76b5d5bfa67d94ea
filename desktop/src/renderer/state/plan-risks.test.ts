import { expect, test } from 'vitest';
import type { Plan, PlanRisk } from '#contract/index.ts';
import { riskQuestion, withAgreement } from './plan-risks.ts';

const risk = (id: string, decision: PlanRisk['decision']): PlanRisk => ({
  id,
  kind: 'host-power',
  user: 'web',
  message: `the service web asks for ${id}`,
  place: { file: 'compose.yaml', line: 7 },
  decision,
});
const plan = (...risks: PlanRisk[]): Plan => ({
  environment: 'development',
  project: 'shop-dev',
  verb: 'up',
  steps: [],
  warnings: [],
  keeps: [],
  command: '',
  risks,
});

test('only what was not agreed to before is asked for, by the name of the project', () => {
  const question = riskQuestion(plan(risk('a', 'agreed'), risk('b', 'ask'), risk('d', 'ask')));
  expect(question).toMatchObject({ word: 'shop-dev', ids: ['b', 'd'] });
  expect(question?.points[0]).toEqual({ text: 'the service web asks for b', note: 'compose.yaml:7' });
  expect(withAgreement({ verb: 'up', services: [] }, question)).toMatchObject({ allowRisks: ['b', 'd'] });
});

test('where something is forbidden, typing a name would be of no use', () => {
  expect(riskQuestion(plan(risk('a', 'ask'), risk('b', 'forbidden')))).toBeUndefined();
});

test('nothing is asked where nothing is new', () => {
  expect(riskQuestion(plan(risk('a', 'agreed')))).toBeUndefined();
  const action = { verb: 'up', services: [] } as const;
  expect(withAgreement({ ...action, services: [] }, undefined)).toEqual(action);
});
