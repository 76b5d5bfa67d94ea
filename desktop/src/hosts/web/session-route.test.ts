import { expect, test } from 'vitest';
import { createFailureLimit } from './failure-limit.ts';
import { maxSessions } from './session-book.ts';
import { answerSession } from './session-route.ts';
import { createSessions, type Sessions } from './sessions.ts';

const nobody = { origin: '127.0.0.1', agent: '' };

const post = (body: object, sessions: Sessions, failures = createFailureLimit(20, 60_000)) =>
  answerSession(
    {
      method: 'POST',
      target: '/session',
      headers: [],
      port: 1,
      address: '127.0.0.1',
      body: () => Promise.resolve(Buffer.from(JSON.stringify(body))),
    },
    sessions,
    failures,
  );

test('a link that is opened while all sessions are taken is told so, with the way out, and opens once there is room', async () => {
  const sessions = createSessions();
  const taken = Array.from({ length: maxSessions }, () => sessions.exchange(sessions.issueLink() ?? '', nobody) ?? '');
  expect(new Set(taken).size).toBe(maxSessions);
  const token = sessions.issueLink() ?? '';
  const strict = createFailureLimit(1, 60_000);
  for (let count = 0; count < 3; count += 1) {
    const full = await post({ token }, sessions, strict);
    expect(full).toMatchObject({ status: 503, headers: { 'Retry-After': '60' } });
    expect(JSON.parse(String(full.body))).toEqual({
      message: 'All 64 sessions of this panel are taken.',
      remedy: expect.stringContaining('Settings') as string,
    });
  }
  expect((await post({ token: 'guess' }, sessions, strict)).status).toBe(401);
  const [first = ''] = taken;
  const lease = sessions.lease(first, () => undefined);
  if (typeof lease !== 'object') throw new Error('no lease');
  const own = lease.caller.sessions?.list().find(({ current }) => current);
  expect(lease.caller.sessions?.end(own?.id ?? '')).toBe(true);
  const opened = await post({ token }, sessions);
  expect(opened.status).toBe(200);
  const { session } = JSON.parse(String(opened.body)) as { session: string };
  expect(sessions.knows(session)).toBe(true);
  expect((await post({ token }, sessions)).status).toBe(401);
});

test('a session that asked for too many links is told to wait, not signed out', async () => {
  const sessions = createSessions();
  const session = sessions.exchange(sessions.issueLink() ?? '', nobody) ?? '';
  const statuses = new Set<number>();
  for (let count = 0; count < 30; count += 1) statuses.add((await post({ session }, sessions)).status);
  expect(statuses).toEqual(new Set([200, 429]));
  expect(sessions.knows(session)).toBe(true);
});
