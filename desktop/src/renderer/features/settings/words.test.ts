import { expect, test } from 'vitest';
import { engineUp } from '#testing/panel-dev/data.ts';
import { engineChange, engineSentence } from './words.ts';

test('how the engine stands, in a sentence', () => {
  expect(engineSentence(engineUp, true)).toBe('The engine answers.');
  expect(engineSentence(engineUp, false)).toContain('may be old');
  expect(engineSentence(undefined, true)).toBe('Quayside looks for the engine.');
  expect(engineSentence({ ...engineUp, state: 'lost' }, true)).toContain('keeps trying');
  const problem = { code: 'ENGINE_DOWN' as const, message: 'No Docker Engine answers at /run/x.' };
  expect(engineSentence({ ...engineUp, state: 'failed', problem }, true)).toBe(problem.message);
});

test('how another engine is chosen depends on what carries the panel', () => {
  expect(engineChange('electron')).toContain('for your account');
  expect(engineChange('web')).toContain('start Quayside with DOCKER_HOST');
});
