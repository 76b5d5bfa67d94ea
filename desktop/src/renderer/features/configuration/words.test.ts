import { expect, test } from 'vitest';
import type { ConfigVariable, Plan, VariablesView } from '#contract/index.ts';
import { speak } from '#words/index.ts';
import { changeWords, effectWords, headLook, headSentence, isFound, variableLook } from './words.ts';

await speak('en');

const variable = (more: Partial<ConfigVariable> = {}): ConfigVariable => ({
  name: 'VERSION',
  masked: false,
  source: { kind: 'none' },
  uses: [],
  required: false,
  missing: false,
  unused: false,
  also: [],
  composed: false,
  ...more,
});
const view = (...variables: ConfigVariable[]): VariablesView => ({ variables, files: [], target: '.env' });

test.for([
  [view(), 'The compose files use no variables.', 'Complete'],
  [view(variable({ value: '1' })), 'Every variable that is needed has a value.', 'Complete'],
  [view(variable({ missing: true })), '1 variable without a value: an empty text is used in its place.', 'Incomplete'],
  [
    view(variable({ missing: true, required: true }), variable({ name: 'KEY', missing: true, required: true })),
    'VERSION and KEY have to be set before a start.',
    'Needs a value',
  ],
] as const)('the head says %#', ([shown, sentence, word]) => {
  expect([headSentence(shown), headLook(shown)?.word]).toEqual([sentence, word]);
});

test('what stands out about a variable is named', () => {
  expect(variableLook(variable({ missing: true, required: true }))?.word).toBe('Missing');
  expect(variableLook(variable({ missing: true }))?.word).toBe('Empty');
  expect(variableLook(variable({ unused: true }))?.word).toBe('Not used');
  expect(variableLook(variable({ source: { kind: 'process', over: { file: '.env', line: 1 } } }))?.word).toBe(
    'Overridden',
  );
  expect(variableLook(variable({ source: { kind: 'process' } }))).toBeUndefined();
});

test('a change is told by its kind, and with what it would recreate', () => {
  const changes = [
    { name: 'VERSION', kind: 'changed' },
    { name: 'PORT', kind: 'changed' },
    { name: 'OLD', kind: 'removed' },
  ] as const;
  expect(changeWords(changes)).toBe('VERSION and PORT changed, OLD removed');
  expect(changeWords([])).toBe('Only comments, order or spelling change');
  const saved = { file: '.env', revision: '', changes: [changes[0]], services: ['web'] };
  const step = (service: string, kind: Plan['steps'][number]['kind']) => ({
    id: kind,
    kind,
    resource: '',
    service,
    cause: '',
    after: [],
  });
  const plan = (...steps: Plan['steps']): Plan => ({
    environment: '',
    project: '',
    verb: 'up',
    steps,
    warnings: [],
    keeps: [],
    command: '',
  });
  expect(effectWords(plan(step('web', 'container.create'), step('web', 'container.remove')), saved)).toBe(
    '1 service would be recreated because VERSION changed: web.',
  );
  expect(effectWords(plan(step('web', 'container.create')), saved)).toBe('It takes effect with the next start of web.');
  expect(effectWords(plan(), saved)).toBe('Nothing that runs has to be replaced.');
  expect(effectWords(undefined, saved)).toBe('It takes effect in web with the next start.');
});

test('a masked value is not searched', () => {
  expect(isFound(variable({ value: '********', masked: true }), '***')).toBe(false);
  expect(isFound(variable({ value: '1.4' }), '1.4')).toBe(true);
  expect(isFound(variable({ uses: [{ file: 'compose.yaml', line: 1, how: 'value', service: 'web' }] }), 'WEB')).toBe(
    true,
  );
});
