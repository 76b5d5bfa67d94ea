import { expect, test } from 'vitest';
import { language, learnSentences, onWording, speak, t, told, wording } from './index.ts';

await speak('en');

test('each text is in the language that is spoken, also where it was said in another one before', async () => {
  let heard = 0;
  const end = onWording(() => {
    heard += 1;
  });
  const said = () => [language(), t('stack:state'), t('stack:partOf', { part: 1, whole: 2 })];
  const english = said();
  await speak('de');
  expect(said().map((text, index) => text === english[index])).toEqual([false, false, false]);
  expect(t('stack:state')).toBe('Zustand');
  expect(heard).toBe(1);
  end();
  await speak('en');
  expect(said()).toEqual(english);
  expect(heard).toBe(1);
});

test('what the core says is told in a language as soon as its sentences are known in that, and whoever reads it hears so', async () => {
  await speak('de');
  const sentence = 'The name web is taken.';
  const [before, read] = [told(sentence), wording()];
  let heard = 0;
  const end = onWording(() => {
    heard += 1;
  });
  learnSentences('de', { 'The name {0} is taken.': 'Der Name {0} ist vergeben.' });
  expect([before, told(sentence)]).toEqual([sentence, 'Der Name web ist vergeben.']);
  expect(wording()).not.toBe(read);
  expect(heard).toBe(1);
  end();
  await speak('en');
  expect(told(sentence)).toBe(sentence);
});
