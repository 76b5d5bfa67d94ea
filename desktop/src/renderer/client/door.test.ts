import { expect, test } from 'vitest';
import { createDoor } from './door.ts';

/** Signs in at a host that answers with this; gives the words, and what was kept and done. */
async function signIn(answer: () => Response): Promise<{ words: string | undefined; done: string[] }> {
  const done: string[] = [];
  const place = {
    storage: {
      getItem: () => null,
      setItem: (key: string, value: string) => void done.push(`${key}=${value}`),
      removeItem: () => undefined,
    },
    fetch: () => Promise.resolve(answer()),
  };
  const nowhere = { leave: () => Promise.resolve(undefined), comeBack: () => Promise.resolve(undefined) };
  const door = createDoor(place, nowhere, () => void done.push('reopened'));
  return { words: await door.signIn('vera', 'a password'), done };
}

test('whoever is let in has the session kept, and the panel opens', async () => {
  expect(await signIn(() => Response.json({ session: 's' }))).toEqual({
    words: undefined,
    done: ['quayside.session=s', 'reopened'],
  });
});

test('a panel whose sessions are all taken says so in the words of the host', async () => {
  const full = { message: 'All are taken.', remedy: 'End one.' };
  expect(await signIn(() => Response.json(full, { status: 503 }))).toEqual({
    words: 'All are taken. End one.',
    done: [],
  });
});

test.each([
  [() => new Response('', { status: 401 }), 'is not right'],
  [() => new Response('', { status: 429, headers: { 'Retry-After': '90' } }), 'in 90 seconds'],
  [() => new Response('', { status: 429, headers: { 'Retry-After': '900' } }), 'in 15 minutes'],
  [() => new Response('busy', { status: 503 }), 'does not answer'],
  [() => new Response('', { status: 500 }), '(500)'],
])('any other answer is told in words', async (answer, words) => {
  const { words: told, done } = await signIn(answer);
  expect(told).toContain(words);
  expect(done).toEqual([]);
});
