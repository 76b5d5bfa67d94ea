import { expect, test } from 'vitest';
import { createDoor } from './door.ts';

/** Signs in at a host that answers with this; gives why not, and what was kept and done. */
async function signIn(answer: () => Response | Promise<Response>) {
  const done: string[] = [];
  const place = {
    storage: {
      getItem: () => null,
      setItem: (key: string, value: string) => void done.push(`${key}=${value}`),
      removeItem: () => undefined,
    },
    fetch: async () => answer(),
  };
  const nowhere = { leave: () => Promise.resolve(undefined), comeBack: () => Promise.resolve(undefined) };
  const door = createDoor(place, nowhere, () => void done.push('reopened'));
  return { refused: await door.signIn('vera', 'a password'), done };
}

test('whoever is let in has the session kept, and the panel opens', async () => {
  expect(await signIn(() => Response.json({ session: 's' }))).toEqual({
    refused: undefined,
    done: ['quayside.session=s', 'reopened'],
  });
});

test('a panel whose sessions are all taken says so in the words of the host', async () => {
  const full = { message: 'All are taken.', remedy: 'End one.' };
  expect(await signIn(() => Response.json(full, { status: 503 }))).toEqual({
    refused: { why: 'told', words: 'All are taken. End one.' },
    done: [],
  });
});

test.each([
  [() => new Response('', { status: 401 }), { why: 'wrong' }],
  [() => new Response('', { status: 400 }), { why: 'incomplete' }],
  [() => new Response('', { status: 429, headers: { 'Retry-After': '90' } }), { why: 'tooOften', seconds: 90 }],
  [() => new Response('', { status: 429 }), { why: 'tooOften', seconds: 60 }],
  [() => new Response('busy', { status: 503 }), { why: 'silent' }],
  [() => new Response('', { status: 500 }), { why: 'unable', status: 500 }],
  [() => Promise.reject<Response>(new Error('no host')), { why: 'silent' }],
])('any other answer is told as a code that whoever shows it puts into words', async (answer, why) => {
  expect(await signIn(answer)).toEqual({ refused: why, done: [] });
});
