import { expect, test } from 'vitest';
import { createProviderDoor, type ProviderDoor } from './provider-door.ts';

const url = 'https://provider.example/authorize?state=s';

/** A host that answers each path with what it is given, and a tab that notes what is done to it. */
function tab(
  answers: Record<string, () => Response>,
  kept: Record<string, string> = {},
): { door: ProviderDoor; done: string[]; stored: Map<string, string>; posted: string[] } {
  const done: string[] = [];
  const posted: string[] = [];
  const stored = new Map(Object.entries(kept));
  const place = {
    storage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
    fetch: (path: string, init: RequestInit) => {
      posted.push(`${path} ${typeof init.body === 'string' ? init.body : ''}`);
      const answer = answers[path];
      return answer === undefined ? Promise.reject(new TypeError('no host')) : Promise.resolve(answer());
    },
  };
  const go = (address: string): void => void done.push(address);
  const reopen = (): void => void done.push('reopened');
  return { door: createProviderDoor(place, go, reopen), done, stored, posted };
}

const refusal = (status: number): Response => Response.json({ message: 'It is down.', remedy: 'Wait.' }, { status });

test('leaves for the provider, and keeps the key in this tab', async () => {
  const { door, done, stored } = tab({ '/sign-in/provider': () => Response.json({ url, key: 'k' }) });
  expect(await door.leave()).toBeUndefined();
  expect(done).toEqual([url]);
  expect(stored.get('quayside.sign-in')).toBe('k');
});

test.each(['javascript:alert(1)', 'http://provider.example/', '/elsewhere'])('does not leave for %s', async (bad) => {
  const { door, done, stored } = tab({ '/sign-in/provider': () => Response.json({ url: bad, key: 'k' }) });
  expect(await door.leave()).toEqual({ why: 'silent' });
  expect(done).toEqual([]);
  expect(stored.size).toBe(0);
});

test('says why it cannot leave', async () => {
  expect(await tab({ '/sign-in/provider': () => refusal(502) }).door.leave()).toEqual({
    why: 'told',
    words: 'It is down. Wait.',
  });
  const often = new Response('', { status: 429, headers: { 'Retry-After': '90' } });
  expect(await tab({ '/sign-in/provider': () => often }).door.leave()).toEqual({ why: 'tooOften', seconds: 90 });
  expect(await tab({}).door.leave()).toEqual({ why: 'silent' });
});

test('a tab that began nothing asks for nothing', async () => {
  const { door, posted } = tab({});
  expect(await door.comeBack()).toBeUndefined();
  expect(posted).toEqual([]);
});

test('whoever comes back gets the session once, and the panel opens', async () => {
  const { door, done, stored, posted } = tab(
    { '/sign-in/finish': () => Response.json({ session: 'secret' }) },
    { 'quayside.sign-in': 'k' },
  );
  expect(await Promise.all([door.comeBack(), door.comeBack()])).toEqual([undefined, undefined]);
  expect(posted).toEqual(['/sign-in/finish {"key":"k"}']);
  expect([...stored]).toEqual([['quayside.session', 'secret']]);
  expect(done).toEqual(['reopened']);
});

test.each([
  [403, { why: 'told', words: 'It is down. Wait.' }],
  [502, { why: 'told', words: 'It is down. Wait.' }],
  [404, { why: 'over' }],
])('%i is told, and the key is dropped', async (status, refused) => {
  const { door, done, stored } = tab({ '/sign-in/finish': () => refusal(status) }, { 'quayside.sign-in': 'k' });
  expect(await door.comeBack()).toEqual(refused);
  expect(stored.size).toBe(0);
  expect(done).toEqual([]);
});

test('the key is kept while the provider is still being looked at', async () => {
  const { door, stored } = tab({ '/sign-in/finish': () => refusal(409) }, { 'quayside.sign-in': 'k' });
  expect(await door.comeBack()).toBeUndefined();
  expect(stored.get('quayside.sign-in')).toBe('k');
});
