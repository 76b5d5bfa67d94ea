import { expect, test } from 'vitest';
import { createFailureLimit } from './failure-limit.ts';
import { answerSession } from './session-route.ts';
import { createSessions } from './sessions.ts';

test('a session that asked for too many links is told to wait, not signed out', async () => {
  const sessions = createSessions();
  const session = sessions.exchange(sessions.issueLink() ?? '', { origin: '127.0.0.1', agent: '' }) ?? '';
  const ask = () => {
    const body = Buffer.from(JSON.stringify({ session }));
    return answerSession(
      {
        method: 'POST',
        target: '/session',
        headers: [],
        port: 1,
        address: '127.0.0.1',
        body: () => Promise.resolve(body),
      },
      sessions,
      createFailureLimit(20, 60_000),
    );
  };
  const statuses = new Set<number>();
  for (let count = 0; count < 30; count += 1) statuses.add((await ask()).status);
  expect(statuses).toEqual(new Set([200, 429]));
  expect(sessions.knows(session)).toBe(true);
});
