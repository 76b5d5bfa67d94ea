import { expect, test } from 'vitest';
import { language, onLanguage, speak, t } from './index.ts';

await speak('en');

test('each text is in the language that is spoken, also where it was said in another one before', async () => {
  let heard = 0;
  const end = onLanguage(() => {
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
