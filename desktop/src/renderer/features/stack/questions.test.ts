import { afterAll, expect, test } from 'vitest';
import { speak } from '#words/index.ts';
import {
  questionForAgreement,
  questionForOrphans,
  questionForRemoval,
  questionForScale,
  questionForServiceRestart,
  questionWords,
} from './questions.ts';

await speak('en');
afterAll(() => speak('en'));

test('a question is told in the language that is spoken when it is drawn', async () => {
  const question = questionForServiceRestart('web');
  expect(questionWords(question)).toEqual({
    title: 'Restart web?',
    confirm: 'Restart',
    danger: false,
    assurance: 'It does not answer for the moment in which it restarts. What depends on it keeps running.',
  });
  await speak('de');
  expect(questionWords(question)).toMatchObject({ title: 'web neu starten?', confirm: 'Neu starten' });
  await speak('en');
});

test('what removes something is dangerous, and says what stays', () => {
  expect(questionWords(questionForRemoval('shop', true))).toMatchObject({
    title: 'Remove the containers of shop?',
    confirm: 'Remove',
    danger: true,
    assurance: expect.stringMatching(/^Data volumes and images stay\./) as string,
  });
  expect(questionWords(questionForOrphans('shop'))).toMatchObject({ confirm: 'Remove', danger: true });
  expect(questionWords(questionForScale('web', 2))).toMatchObject({ confirm: 'Scale', danger: false });
});

test('a start that waits for an agreement promises nothing', () => {
  const question = questionForAgreement({ verb: 'up', services: [] }, 'shop');
  expect(questionWords(question)).toEqual({ title: 'Start shop?', confirm: 'Start', danger: false });
});
