import { expect, test } from 'vitest';
import type { HttpReply } from '#api/serve/http.ts';
import { type Actor, currentActor } from '#engine/actor.ts';
import type { AccessDeed } from '#engine/types.ts';
import { createAccessLog } from './access-log.ts';
import type { Accounts } from './accounts/accounts.ts';
import { createBottleneck } from './accounts/bottleneck.ts';
import { maxSessions } from './session-book.ts';
import { createSessions } from './sessions.ts';
import { createSignIn } from './sign-in-route.ts';

/** What was written, by whom and from where. */
type Written = AccessDeed & Partial<Actor>;

/** Everybody's password is `right`, and each look at one is counted. */
function door(): {
  written: Written[];
  ask: (name: string, password: string, address?: string) => Promise<HttpReply>;
  looks: () => number;
} {
  let looks = 0;
  const written: Written[] = [];
  const access = (deed: AccessDeed): Promise<void> => {
    written.push({ ...deed, ...currentActor() });
    return Promise.resolve();
  };
  const log = createAccessLog({ access }, () => undefined);
  const accounts: Accounts = {
    async check(name, password) {
      looks += 1;
      await Promise.resolve();
      return password === 'right' ? { user: { name, role: 'viewer' }, stamp: name } : undefined;
    },
    knows: (name) => name === 'vera',
    holds: () => true,
    close: () => undefined,
  };
  const signIn = createSignIn({ accounts, sessions: createSessions(), log });
  return {
    written,
    looks: () => looks,
    ask(name, password, address = '192.0.2.1') {
      const body = Buffer.from(JSON.stringify({ name, password }));
      const request = { method: 'POST', target: '/sign-in', headers: [], port: 1, address };
      return signIn.answer({ ...request, body: () => Promise.resolve(body) });
    },
  };
}

test('of guesses on an account ten are looked at, however many come at once; then even the right one waits', async () => {
  const { ask, looks } = door();
  const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => ask('vera', 'guess', `192.0.2.${index}`)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(looks()).toBe(10);
  const refused = await ask('vera', 'right');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers?.['Retry-After'])).toBeGreaterThan(800);
  expect(looks()).toBe(10);
  expect((await ask('olaf', 'right')).status).toBe(200);
});

test('capitals do not make another account of it', async () => {
  const { ask, looks } = door();
  for (const name of ['vera', 'Vera', 'VERA', 'vErA'])
    for (let count = 0; count < 4; count += 1) await ask(name, 'guess');
  expect(looks()).toBe(10);
});

test('of guesses from an address fifty are looked at, whatever the account; other addresses are not held up', async () => {
  const { ask, looks } = door();
  for (let count = 0; count < 80; count += 1) await ask(`guess${count}`, 'guess');
  expect(looks()).toBe(50);
  expect((await ask('mina', 'right')).status).toBe(429);
  expect((await ask('mina', 'right', '192.0.2.2')).status).toBe(200);
});

test('whoever gets in starts afresh', async () => {
  const { ask } = door();
  for (let round = 0; round < 10; round += 1) {
    for (let count = 0; count < 9; count += 1) expect((await ask('vera', 'guess')).status).toBe(401);
    expect((await ask('vera', 'right')).status).toBe(200);
  }
});

test('while all sessions are taken, whoever gives the right password is told so, with the way out', async () => {
  const { ask } = door();
  for (let count = 0; count < maxSessions; count += 1) expect((await ask(`user${count}`, 'right')).status).toBe(200);
  const full = await ask('vera', 'right');
  expect(full).toMatchObject({ status: 503, headers: { 'Retry-After': '60' } });
  expect(JSON.parse(String(full.body))).toEqual({
    message: 'All 64 sessions of this panel are taken.',
    remedy: expect.stringContaining('Settings') as string,
  });
  expect((await ask('vera', 'guess')).status).toBe(401);
});

test('passwords are tried one after the other, and not while eight wait', async () => {
  const bottleneck = createBottleneck();
  let running = 0;
  let most = 0;
  const work = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return 'done';
  };
  const results = await Promise.all(Array.from({ length: 12 }, () => bottleneck.run(work)));
  expect(most).toBe(1);
  expect(results.filter((one) => one === 'busy')).toHaveLength(4);
  expect(await bottleneck.run(() => Promise.reject(new Error('no'))).catch(() => 'failed')).toBe('failed');
  expect(await bottleneck.run(work)).toBe('done');
});

test('who came in and who did not is written down with where from, and never what they typed but the name of an account', async () => {
  const { ask, written } = door();
  await ask('vera', 'right');
  await ask('Vera', 'my secret');
  await ask('my secret', 'vera', '192.0.2.2');
  expect(written).toEqual([
    { kind: 'sign-in', outcome: 'done', name: 'vera', origin: '192.0.2.1' },
    { kind: 'sign-in', outcome: 'failed', name: 'vera', origin: '192.0.2.1' },
    { kind: 'sign-in', outcome: 'failed', name: '', origin: '192.0.2.2' },
  ]);
});
