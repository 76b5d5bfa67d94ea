import { expect, test } from 'vitest';
import { createFailureLimit } from './failure-limit.ts';
import { createSessions, idleSessionMs, linkLifetimeMs, type Sessions } from './sessions.ts';

function atTime(): { sessions: Sessions; pass: (ms: number) => void } {
  let time = 1_000;
  return {
    sessions: createSessions(() => time),
    pass: (ms) => {
      time += ms;
    },
  };
}

function link(sessions: Sessions): string {
  const token = sessions.issueLink();
  if (token === undefined) throw new Error('no link');
  return token;
}

function signIn(sessions: Sessions): string {
  const secret = sessions.exchange(link(sessions));
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
  expect(sessions.exchange(early)).toBeDefined();
  expect(sessions.exchange(early)).toBeUndefined();
  const late = link(sessions);
  pass(linkLifetimeMs);
  expect(sessions.exchange(late)).toBeUndefined();
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
  const leases = Array.from({ length: 8 }, () => sessions.lease(secret));
  expect(sessions.lease(secret)).toBe('full');
  const [first] = leases;
  if (typeof first !== 'object') throw new Error('no lease');
  first.release();
  first.release();
  expect(typeof sessions.lease(secret)).toBe('object');
  expect(sessions.lease(secret)).toBe('full');
});

test('a session ends after 30 idle minutes, never while a connection is open', () => {
  const { sessions, pass } = atTime();
  const secret = signIn(sessions);
  const lease = sessions.lease(secret);
  if (typeof lease !== 'object') throw new Error('no lease');
  pass(idleSessionMs * 3);
  expect(sessions.linkFor(secret)).toBeDefined();
  lease.release();
  pass(idleSessionMs - 1);
  expect(sessions.linkFor(secret)).toBeDefined();
  pass(idleSessionMs);
  expect(sessions.linkFor(secret)).toBeUndefined();
  expect(sessions.lease(secret)).toBe('unknown');
});

test('a token is no session and a session no token', () => {
  const { sessions } = atTime();
  const token = link(sessions);
  expect(sessions.lease(token)).toBe('unknown');
  expect(sessions.linkFor(token)).toBeUndefined();
  expect(sessions.exchange(signIn(sessions))).toBeUndefined();
});

test('failures are counted in a sliding window', () => {
  let time = 0;
  const limit = createFailureLimit(3, 1_000, () => time);
  expect([limit.failed(), limit.failed(), limit.failed(), limit.failed()]).toEqual([false, false, false, true]);
  time = 1_000;
  expect(limit.failed()).toBe(false);
});
