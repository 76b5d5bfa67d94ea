import { expect, test } from 'vitest';
import type { Caller } from '#api/access.ts';
import type { Role } from '#contract/index.ts';
import { createAttempts } from './attempts.ts';
import { createFailureLimit } from './failure-limit.ts';
import { type Holder, idleSessionMs, linkLifetimeMs } from './session-book.ts';
import { createSessions, longestSessionMs, type Sessions } from './sessions.ts';

function atTime(): { sessions: Sessions; pass: (ms: number) => void } {
  let time = 1_000;
  return {
    sessions: createSessions(() => time),
    pass: (ms) => {
      time += ms;
    },
  };
}

const from = { origin: '127.0.0.1', agent: 'a browser' };
const stay = (): void => undefined;
const exchange = (sessions: Sessions, token: string): string | undefined => sessions.exchange(token, from);

function link(sessions: Sessions): string {
  const token = sessions.issueLink();
  if (token === undefined) throw new Error('no link');
  return token;
}

function signIn(sessions: Sessions): string {
  const secret = exchange(sessions, link(sessions));
  if (secret === undefined) throw new Error('no session');
  return secret;
}

test('tokens and secrets have 256 bits and never repeat', () => {
  const { sessions } = atTime();
  const made = new Set(Array.from({ length: 16 }, () => link(sessions)));
  expect(made.size).toBe(16);
  for (const token of made) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

test('a link works until 60 seconds have passed, and once', () => {
  const { sessions, pass } = atTime();
  const early = link(sessions);
  pass(linkLifetimeMs - 1);
  expect(exchange(sessions, early)).toBeDefined();
  expect(exchange(sessions, early)).toBeUndefined();
  const late = link(sessions);
  pass(linkLifetimeMs);
  expect(exchange(sessions, late)).toBeUndefined();
});

test('unused links are limited, and expire out of the way', () => {
  const { sessions, pass } = atTime();
  for (let count = 0; count < 16; count += 1) link(sessions);
  expect(sessions.issueLink()).toBeUndefined();
  pass(linkLifetimeMs);
  expect(sessions.issueLink()).toBeDefined();
});

test('a session holds eight connections, and gives a place back once', () => {
  const { sessions } = atTime();
  const secret = signIn(sessions);
  const leases = Array.from({ length: 8 }, () => sessions.lease(secret, stay));
  expect(sessions.lease(secret, stay)).toBe('full');
  const [first] = leases;
  if (typeof first !== 'object') throw new Error('no lease');
  first.release();
  first.release();
  expect(typeof sessions.lease(secret, stay)).toBe('object');
  expect(sessions.lease(secret, stay)).toBe('full');
});

test('a session ends after 30 idle minutes, never while a connection is open', () => {
  const { sessions, pass } = atTime();
  const secret = signIn(sessions);
  const lease = sessions.lease(secret, stay);
  if (typeof lease !== 'object') throw new Error('no lease');
  pass(idleSessionMs * 3);
  expect(sessions.linkFor(secret)).toBeDefined();
  lease.release();
  pass(idleSessionMs - 1);
  expect(sessions.linkFor(secret)).toBeDefined();
  pass(idleSessionMs);
  expect(sessions.linkFor(secret)).toBeUndefined();
  expect(sessions.lease(secret, stay)).toBe('unknown');
});

test('a token is no session and a session no token', () => {
  const { sessions } = atTime();
  const token = link(sessions);
  expect(sessions.lease(token, stay)).toBe('unknown');
  expect(sessions.linkFor(token)).toBeUndefined();
  expect(exchange(sessions, signIn(sessions))).toBeUndefined();
});

const holder = (name: string, role: Role = 'viewer'): Holder => ({ ...from, user: { name, role }, stamp: `${name} 1` });

function entered(
  sessions: Sessions,
  name: string,
  role?: Role,
): { secret: string; caller: Caller; ended: () => number } {
  const secret = sessions.open(holder(name, role)) ?? '';
  let times = 0;
  const lease = sessions.lease(secret, () => {
    times += 1;
  });
  if (typeof lease !== 'object') throw new Error('no lease');
  return { secret, caller: lease.caller, ended: () => times };
}

test('whoever signed in is out after twelve hours, with a connection open or not, and so are tabs that came of it', () => {
  const { sessions, pass } = atTime();
  const vera = entered(sessions, 'vera');
  const other = exchange(sessions, sessions.linkFor(vera.secret) ?? '') ?? '';
  let tabEnded = false;
  sessions.lease(other, () => {
    tabEnded = true;
  });
  pass(longestSessionMs - 1);
  sessions.sweep();
  expect([vera.ended(), tabEnded, sessions.knows(vera.secret)]).toEqual([0, false, true]);
  pass(1);
  sessions.sweep();
  expect([vera.ended(), tabEnded, sessions.knows(vera.secret), sessions.knows(other)]).toEqual([1, true, false, false]);
});

test('a caller is named in the activity log where they signed in, and not where they opened a link', () => {
  const { sessions } = atTime();
  expect(entered(sessions, 'vera').caller).toMatchObject({
    user: { name: 'vera', role: 'viewer' },
    actor: { name: 'vera', origin: '127.0.0.1' },
  });
  const lease = sessions.lease(signIn(sessions), stay);
  if (typeof lease !== 'object') throw new Error('no lease');
  expect(lease.caller.user).toEqual({ name: '', role: 'admin' });
  expect(lease.caller.actor).toBeUndefined();
});

test('each sees and ends their own sessions, an admin all', () => {
  const { sessions } = atTime();
  const vera = entered(sessions, 'vera');
  const olaf = entered(sessions, 'olaf', 'operator');
  const mina = entered(sessions, 'mina', 'admin');
  const seen = ({ caller }: { caller: Caller }) => caller.sessions?.list() ?? [];
  expect(seen(vera)).toMatchObject([{ user: { name: 'vera' }, current: true, connections: 1, ...from }]);
  expect(seen(mina).map(({ user, current }) => [user.name, current])).toEqual([
    ['vera', false],
    ['olaf', false],
    ['mina', true],
  ]);
  const [olafs] = seen(olaf);
  expect(vera.caller.sessions?.end(olafs?.id ?? '')).toBe(false);
  expect(olaf.ended()).toBe(0);
  expect(mina.caller.sessions?.end(olafs?.id ?? '')).toBe(true);
  expect([olaf.ended(), sessions.knows(olaf.secret)]).toEqual([1, false]);
  expect(vera.caller.sessions?.end(seen(vera)[0]?.id ?? '')).toBe(true);
  expect(vera.ended()).toBe(1);
  expect(JSON.stringify(seen(mina))).not.toContain(mina.secret);
});

test('two people who are called the same at a provider neither see nor push out one another', () => {
  const { sessions } = atTime();
  const person = (subject: string): Holder => ({ ...from, user: { name: 'mina (Example)', role: 'viewer' }, subject });
  const open = (subject: string): string => sessions.open(person(subject)) ?? '';
  const first = open('1');
  for (let count = 0; count < 8; count += 1) open('2');
  expect(sessions.knows(first)).toBe(true);
  const lease = sessions.lease(first, stay);
  if (typeof lease !== 'object') throw new Error('no lease');
  expect(lease.caller.sessions?.list()).toHaveLength(1);
  expect(lease.caller.actor).toEqual({ name: 'mina (Example)', origin: '127.0.0.1' });
});

test('a link that was asked for in a session dies with it', () => {
  const { sessions } = atTime();
  const vera = entered(sessions, 'vera');
  const token = sessions.linkFor(vera.secret) ?? '';
  vera.caller.sessions?.end(vera.caller.sessions.list()[0]?.id ?? '');
  expect(exchange(sessions, token)).toBeUndefined();
});

test('one user cannot fill the house: of more than eight sessions the oldest ends', () => {
  const { sessions } = atTime();
  const first = entered(sessions, 'vera');
  const olaf = entered(sessions, 'olaf');
  for (let count = 0; count < 8; count += 1) entered(sessions, 'vera');
  expect([first.ended(), olaf.ended()]).toEqual([1, 0]);
});

test('whoever is refused now is out at once', () => {
  const { sessions } = atTime();
  const vera = entered(sessions, 'vera');
  const olaf = entered(sessions, 'olaf');
  sessions.sweep(({ stamp }) => stamp === 'vera 1');
  expect([vera.ended(), olaf.ended()]).toEqual([1, 0]);
  expect(sessions.lease(vera.secret, stay)).toBe('unknown');
});

test('attempts are counted by key, before they are made, and say how long to wait', () => {
  let time = 0;
  const attempts = createAttempts(2, 10_000, () => time);
  expect([attempts.take('vera'), attempts.take('vera')]).toEqual([undefined, undefined]);
  time = 4_000;
  expect(attempts.take('vera')).toBe(6);
  expect(attempts.take('olaf')).toBeUndefined();
  attempts.forgive('vera');
  expect(attempts.take('vera')).toBeUndefined();
  time = 10_000;
  expect(attempts.take('olaf')).toBeUndefined();
  for (let count = 0; count < 20_000; count += 1) attempts.take(`guess ${count}`);
  expect(attempts.take('guess 19999')).toBeUndefined();
  expect(attempts.take('guess 19999')).toBeGreaterThan(0);
});

test('failures are counted in a sliding window', () => {
  let time = 0;
  const limit = createFailureLimit(3, 1_000, () => time);
  expect([limit.failed(), limit.failed(), limit.failed(), limit.failed()]).toEqual([false, false, false, true]);
  time = 1_000;
  expect(limit.failed()).toBe(false);
});
