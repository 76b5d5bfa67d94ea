import { expect, test } from 'vitest';
import { createSession, NoRoom, type SessionPlace, SignedOut, takeToken } from './session.ts';

/** A host that knows some tokens, each for one use, and some sessions. */
function placeWith({
  hash = '',
  kept,
  tokens = [] as string[],
  sessions = [] as string[],
  status,
}: {
  hash?: string;
  kept?: string;
  tokens?: string[];
  sessions?: string[];
  status?: () => number;
}) {
  const stored = new Map(kept === undefined ? [] : [['quayside.session', kept]]);
  const urls: string[] = [];
  const posted: string[] = [];
  const place: SessionPlace = {
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_data, _unused, url) => void urls.push(url) },
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    fetch: (_url, init) => {
      const body = typeof init.body === 'string' ? init.body : '';
      posted.push(body);
      const forced = status?.() ?? 0;
      if (forced > 0) return Promise.resolve(new Response('', { status: forced }));
      const { token, session } = JSON.parse(init.body as string) as { token?: string; session?: string };
      const at = tokens.indexOf(token ?? '');
      if (at !== -1) {
        tokens.splice(at, 1);
        return Promise.resolve(Response.json({ session: `session-of-${String(token)}` }));
      }
      return Promise.resolve(
        session !== undefined && sessions.includes(session)
          ? Response.json({ token: 'next' })
          : new Response('', { status: 401 }),
      );
    },
  };
  return { place, urls, posted, stored };
}

const never = new AbortController().signal;

test('while the host has no room, its words are told and the token is kept', async () => {
  const { place } = placeWith({ hash: '#t=abc', tokens: ['abc'] });
  let full = true;
  const words = { message: 'All are taken.', remedy: 'Wait.' };
  const fetch: SessionPlace['fetch'] = (url, init) =>
    full ? Promise.resolve(Response.json(words, { status: 503 })) : place.fetch(url, init);
  const session = createSession({ ...place, fetch });
  for (let count = 0; count < 2; count += 1)
    await expect(session.secret()).rejects.toThrow(new NoRoom('All are taken. Wait.'));
  full = false;
  expect(await session.secret()).toBe('session-of-abc');
});

test('the token leaves the address at once and is spent once', async () => {
  const { place, urls, posted, stored } = placeWith({ hash: '#t=abc', tokens: ['abc'] });
  const session = createSession(place);
  expect(urls).toEqual(['/']);
  expect(await session.secret()).toBe('session-of-abc');
  expect(await session.secret()).toBe('session-of-abc');
  expect(stored.get('quayside.session')).toBe('session-of-abc');
  expect(posted).toEqual(['{"token":"abc"}']);
});

test('a page address is no token', () => {
  const { place, urls } = placeWith({ hash: '#/logs?q=t' });
  expect(takeToken(place)).toBeUndefined();
  expect(urls).toEqual([]);
});

test('a reload uses the session of the tab; without one the visitor is signed out', async () => {
  expect(await createSession(placeWith({ kept: 's1' }).place).secret()).toBe('s1');
  await expect(createSession(placeWith({}).place).secret()).rejects.toThrow(SignedOut);
});

test('a link that was used up falls back to the session of the tab', async () => {
  expect(await createSession(placeWith({ hash: '#t=old', kept: 's1' }).place).secret()).toBe('s1');
  await expect(createSession(placeWith({ hash: '#t=old' }).place).secret()).rejects.toThrow(SignedOut);
});

test('a host in trouble has not used the token up', async () => {
  let status = 503;
  const { place } = placeWith({ hash: '#t=abc', tokens: ['abc'], status: () => status });
  const session = createSession(place);
  const refused: unknown = await session.secret().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(refused).not.toBeInstanceOf(SignedOut);
  status = 0;
  expect(await session.secret()).toBe('session-of-abc');
});

test('a session that the host forgot is dropped; one that it knows is kept', async () => {
  const known = placeWith({ kept: 's1', sessions: ['s1'] });
  await createSession(known.place).check(never);
  expect(known.stored.size).toBe(1);
  const unknown = placeWith({ kept: 's2' });
  await expect(createSession(unknown.place).check(never)).rejects.toThrow(SignedOut);
  expect(unknown.stored.size).toBe(0);
});
