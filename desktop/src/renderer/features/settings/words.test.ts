import { expect, test } from 'vitest';
import { engineUp } from '#testing/panel-dev/data.ts';
import { speak } from '#words/index.ts';
import { browserWords, engineChange, engineSentence } from './words.ts';

await speak('en');

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

test('a browser is told by what it says of itself', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36';
  expect(browserWords(chrome)).toBe('Chrome on Linux');
  expect(browserWords(`${chrome} Edg/148.0`)).toBe('Edge on Linux');
  expect(browserWords('Mozilla/5.0 (Macintosh; Intel Mac OS X 15.1; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe(
    'Firefox on macOS',
  );
  expect(browserWords('curl/8.9')).toBe('Another program');
});
